//! What the model has no place for is said.

use schema_core::schema::Schema;
use schema_kit::introspect::{self, Filter};

use super::{made, read};

async fn unknown(sql: &str) -> Vec<String> {
    let (_database, mut client) = made(sql).await;
    let unknown = read(&mut client).await.unknown;
    unknown.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn objects_of_other_kinds_are_listed_by_name() {
    let found = unknown(
        r#"CREATE TYPE row_of AS (id int, "Name" text);
        CREATE TABLE typed OF row_of;
        CREATE TYPE shell;
        CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
        CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (password 'hidden', name 'shown');
        CREATE TABLE parent (id int); CREATE FOREIGN TABLE child () INHERITS (parent) SERVER s;"#,
    )
    .await;
    assert_eq!(
        found,
        [
            "foreign table public.child",
            "table public.typed",
            "type public.shell",
            "user mapping postgres on server s",
        ]
    );
}

#[tokio::test]
async fn a_password_is_never_read() {
    let sql = "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
        CREATE USER MAPPING FOR CURRENT_USER SERVER s OPTIONS (password 'hidden', name 'shown')";
    let (_database, mut client) = made(sql).await;
    let found = format!("{:?}", read(&mut client).await);
    assert!(
        found.contains("shown") && !found.contains("hidden"),
        "{found}"
    );
}

#[tokio::test]
async fn what_columns_of_views_have_of_their_own_is_listed() {
    let found = unknown(
        "CREATE TABLE t (id int, note text);
        CREATE VIEW v AS SELECT * FROM t; ALTER VIEW v ALTER note SET DEFAULT 'x';
        CREATE MATERIALIZED VIEW m AS SELECT * FROM t; ALTER MATERIALIZED VIEW m ALTER note SET STATISTICS 10;",
    )
    .await;
    assert_eq!(
        found,
        [
            "default of view column v.note",
            "statistics target of view column m.note"
        ]
    );
}

#[tokio::test]
async fn objects_of_extensions_are_theirs() {
    let sql = "CREATE EXTENSION hstore; CREATE TABLE t (tags hstore); CREATE INDEX i ON t USING gist (tags)";
    assert_eq!(unknown(sql).await, [] as [String; 0]);
}

#[tokio::test]
async fn the_kits_own_tables_and_temporary_ones_are_left_alone() {
    let (_database, mut client) =
        made("CREATE SCHEMA schema_kit CREATE TABLE history (v text)").await;
    client
        .batch_execute("CREATE TEMP TABLE t (id int)")
        .await
        .unwrap();
    let found = read(&mut client).await;
    assert_eq!(found.schema, Schema::default());
    assert_eq!(found.unknown, []);
}

#[tokio::test]
async fn a_filter_reads_its_namespaces_alone() {
    let sql = "CREATE TABLE a (id int PRIMARY KEY);
        CREATE SCHEMA audit CREATE TABLE b (a_id int REFERENCES public.a);";
    let (_database, mut client) = made(sql).await;
    let filter = Filter {
        namespaces: ["audit".to_owned()].into(),
        ..Filter::default()
    };
    let found = introspect::read(&mut client, &filter).await.unwrap().schema;
    let [table] = found.tables.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(table.name.to_string(), "audit.b");
    let key = &table.foreign_keys[0];
    assert_eq!(key.referenced_table.to_string(), "a");
    assert_eq!(key.referenced_columns, ["id"]);
}

#[tokio::test]
async fn what_release_18_alone_has_is_listed() {
    let (_database, client) = made("").await;
    let row = client.query_one("SHOW server_version_num", &[]).await;
    let number: String = row.unwrap().get(0);
    if number.parse::<u32>().unwrap() < 180_000 {
        // The syntax is not there before: a server of 18 is the one to try it on.
        assert!(
            client
                .batch_execute("CREATE TABLE t (a int, b int AS (a) VIRTUAL)")
                .await
                .is_err()
        );
        return;
    }
    let found = unknown(
        "CREATE TABLE plain (a int NOT NULL, b int GENERATED ALWAYS AS (a + 1) STORED);
        CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int, d int, e int CONSTRAINT given NOT NULL,
            CONSTRAINT lax CHECK (c > 0) NOT ENFORCED);
        ALTER TABLE t ADD CONSTRAINT t_d_not_null NOT NULL d NOT VALID;
        CREATE TABLE r (id int4range, at daterange, CONSTRAINT r_pkey PRIMARY KEY (id, at WITHOUT OVERLAPS));
        CREATE TABLE s (id int4range, at daterange, CONSTRAINT s_fkey FOREIGN KEY (id, PERIOD at) REFERENCES r (id, PERIOD at));",
    )
    .await;
    assert_eq!(
        found,
        [
            "table constraint given on public.t",
            "table constraint t_d_not_null on public.t",
            "temporal constraint r.r_pkey",
            "temporal constraint s.s_fkey",
            "unenforced constraint t.lax",
            "virtual generated column t.b",
        ]
    );
}
