use schema_core::Table;

#[derive(Table)]
#[table(
    with(fillfactor = sql, autovacuum_enabled = maybe, toast.vacuum_truncate = 2, vacuum_index_cleanup = sometimes),
    index(author, with(fillfactor = 101)),
    index(content, using = gin, with(gin_pending_list_limit = 1, fastupdate)),
    unique(author, with(deduplicate_items = 3)),
)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(options(n_distinct = -2))]
    author: i64,
    content: Vec<String>,
}

fn main() {}
