//! Values of storage parameters were not looked at; those that the server takes are taken, to the last one.

use schema_core::{Table, ddl, range::Range, schema, schema::Schema};
use tests::client;

#[derive(Table)]
#[table(
    with(
        fillfactor = 10,
        autovacuum_enabled = off,
        autovacuum_freeze_max_age = 100000,
        autovacuum_freeze_min_age = 0,
        autovacuum_freeze_table_age = 0,
        autovacuum_multixact_freeze_max_age = 10000,
        autovacuum_multixact_freeze_min_age = 0,
        autovacuum_multixact_freeze_table_age = 0,
        autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_cost_limit = 1,
        autovacuum_vacuum_insert_scale_factor = 0,
        autovacuum_vacuum_insert_threshold = -1,
        autovacuum_vacuum_scale_factor = 0.0,
        autovacuum_vacuum_threshold = 0,
        autovacuum_analyze_scale_factor = 0,
        autovacuum_analyze_threshold = 0,
        log_autovacuum_min_duration = -1,
        vacuum_index_cleanup = auto,
        vacuum_truncate,
        parallel_workers = 0,
        toast_tuple_target = 128,
        user_catalog_table = false,
        toast.autovacuum_vacuum_cost_delay = 100,
        toast.vacuum_index_cleanup = yes,
    ),
    index(name, with(fillfactor = 10, deduplicate_items = off)),
    index(tags, using = gin, with(fastupdate = false, gin_pending_list_limit = 64)),
    index(id, using = brin, with(pages_per_range = 1, autosummarize)),
    index(place, using = gist, with(buffering = auto, fillfactor = 90)),
)]
struct Least {
    #[column(primary_key)]
    id: i64,
    #[column(options(n_distinct = -1))]
    name: String,
    tags: Vec<String>,
    place: Range<i32>,
}

#[derive(Table)]
#[table(
    with(
        fillfactor = 100,
        autovacuum_freeze_max_age = 2000000000,
        autovacuum_freeze_min_age = 1000000000,
        autovacuum_freeze_table_age = 2000000000,
        autovacuum_multixact_freeze_max_age = 2000000000,
        autovacuum_multixact_freeze_min_age = 1000000000,
        autovacuum_multixact_freeze_table_age = 2000000000,
        autovacuum_vacuum_cost_delay = 100.0,
        autovacuum_vacuum_cost_limit = 10000,
        autovacuum_vacuum_insert_scale_factor = 100,
        autovacuum_vacuum_insert_threshold = 2147483647,
        autovacuum_vacuum_scale_factor = 100,
        autovacuum_vacuum_threshold = 2147483647,
        autovacuum_analyze_scale_factor = 100,
        autovacuum_analyze_threshold = 2147483647,
        log_autovacuum_min_duration = 2147483647,
        vacuum_index_cleanup = on,
        parallel_workers = 1024,
        toast_tuple_target = 8160,
    ),
    index(name, with(fillfactor = "0x64")),
    index(tags, using = gin, with(gin_pending_list_limit = 2147483647)),
    index(id, using = brin, with(pages_per_range = 131072)),
    unique(name, with(fillfactor = 99.5)),
)]
struct Most {
    #[column(primary_key)]
    id: i64,
    #[column(options(n_distinct_inherited = 1000000))]
    name: String,
    tags: Vec<String>,
}

schema! {
    static SCHEMA = [Least, Most];
}

#[tokio::test]
async fn the_server_takes_each_parameter_to_its_bounds() {
    let (_database, client) = client().await;
    let schema = Schema::from_def(&SCHEMA).unwrap();
    let statements = ddl::create(&schema).join(";\n");
    client.batch_execute(&statements).await.unwrap();
}
