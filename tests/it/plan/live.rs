//! Two databases made by hand: a plan turns what the first holds into what the second holds.

use schema_core::schema::Schema;
use schema_kit::{
    diff::{Diff, Renames},
    introspect::{self, Filter},
    plan::Plan,
    testing::Template,
};
use tests::database_from;
use tokio_postgres::Client;

use super::{comparable, run};

pub(super) async fn read(client: &mut Client) -> Schema {
    let found = introspect::read(client, &Filter::default()).await.unwrap();
    assert_eq!(found.unknown, []);
    found.schema
}

pub(super) async fn made(sql: &str) -> Schema {
    let database = database_from(&Template::new(sql));
    read(&mut database.connect().await.unwrap()).await
}

/// Plans from one database to the other and back, each on the server; returns the script of the way there.
pub(super) async fn assert_both_ways(one: &str, other: &str) -> String {
    let (one_schema, other_schema) = (made(one).await, made(other).await);
    assert_reaches(other, &other_schema, &one_schema).await;
    assert_reaches(one, &one_schema, &other_schema).await
}

pub(super) async fn assert_reaches(sql: &str, previous: &Schema, next: &Schema) -> String {
    let database = database_from(&Template::new(sql));
    let mut client = database.connect().await.unwrap();
    let diff = Diff::between(previous, next);
    let plan = Plan::new(&diff, previous, next, &Renames::default()).unwrap();
    let script = plan.script();
    run(
        &client,
        plan.statements.into_iter().map(|it| it.sql),
        &script,
    )
    .await;
    let live = read(&mut client).await;
    assert!(Diff::between(&live, next).is_empty(), "{script}");
    let text = |schema: &Schema| format!("{:#?}", comparable(schema.clone()));
    assert_eq!(text(&live), text(next), "{script}");
    script
}

/// The message of a plan that cannot be made.
async fn refused(one: &str, other: &str) -> String {
    let (previous, next) = (made(one).await, made(other).await);
    let diff = Diff::between(&previous, &next);
    let refused = Plan::new(&diff, &previous, &next, &Renames::default()).unwrap_err();
    refused.to_string()
}

#[tokio::test]
async fn a_table_is_stored_secured_and_described_in_another_way() {
    let script = assert_both_ways(
        "CREATE TABLE t (id int CONSTRAINT key PRIMARY KEY, code int NOT NULL CONSTRAINT positive CHECK (code > 0), note text);
        CREATE UNIQUE INDEX by_code ON t (code);
        CREATE POLICY own ON t USING (id > 0);",
        "CREATE UNLOGGED TABLE t (id int CONSTRAINT key PRIMARY KEY WITH (fillfactor = 80),
            code int NOT NULL CONSTRAINT positive CHECK (code > 0), note text)
            WITH (fillfactor = 70, toast.autovacuum_enabled = off);
        CREATE UNIQUE INDEX by_code ON t (code) WITH (fillfactor = 60);
        CREATE POLICY own ON t USING (id > 0);
        ALTER TABLE t REPLICA IDENTITY USING INDEX by_code; ALTER TABLE t CLUSTER ON key;
        ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        ALTER TABLE t ALTER note SET STATISTICS 500, ALTER note SET (n_distinct = -0.5), ALTER note SET STORAGE EXTERNAL;
        COMMENT ON CONSTRAINT key ON t IS 'a key'; COMMENT ON CONSTRAINT positive ON t IS 'a check';
        COMMENT ON INDEX by_code IS 'an index'; COMMENT ON POLICY own ON t IS 'a policy';",
    )
    .await;
    assert!(!script.contains("DROP"), "{script}");
}

#[tokio::test]
async fn new_tables_say_all_that_create_table_cannot() {
    assert_both_ways(
        "",
        "CREATE TABLE base (id int NOT NULL, note text DEFAULT 'x');
        CREATE TABLE t (code int NOT NULL, CONSTRAINT key PRIMARY KEY (id)) INHERITS (base);
        ALTER TABLE t ALTER note SET DEFAULT 'y', ALTER note SET STATISTICS 5;
        CREATE INDEX by_code ON t (code); COMMENT ON INDEX by_code IS 'an index';
        ALTER TABLE t CLUSTER ON by_code; ALTER TABLE t REPLICA IDENTITY USING INDEX key;
        ALTER TABLE t FORCE ROW LEVEL SECURITY; CREATE POLICY own ON t USING (id > 0);
        COMMENT ON POLICY own ON t IS 'a policy'; COMMENT ON CONSTRAINT key ON t IS 'a key';
        CREATE DOMAIN d AS text CONSTRAINT filled CHECK (VALUE <> '');
        ALTER DOMAIN d ADD CONSTRAINT later CHECK (VALUE <> 'x') NOT VALID;
        COMMENT ON CONSTRAINT filled ON DOMAIN d IS 'a check'; COMMENT ON CONSTRAINT later ON DOMAIN d IS 'another';",
    )
    .await;
}

#[tokio::test]
async fn an_index_that_a_table_chose_is_chosen_again_when_it_is_built_anew() {
    let table = "CREATE TABLE t (id int NOT NULL, code int NOT NULL);";
    let chosen =
        "ALTER TABLE t CLUSTER ON by_code; ALTER TABLE t REPLICA IDENTITY USING INDEX by_code;";
    assert_both_ways(
        &format!("{table} CREATE UNIQUE INDEX by_code ON t (code); {chosen}"),
        &format!("{table} CREATE UNIQUE INDEX by_code ON t (code, id); {chosen}"),
    )
    .await;
}

#[tokio::test]
async fn what_a_table_inherits_comes_and_goes_with_it() {
    let child = "CREATE TABLE child (own int) INHERITS (base);";
    assert_both_ways(
        &format!("CREATE TABLE base (id int, size int); {child}"),
        &format!(
            "CREATE TABLE base (id bigint, note text DEFAULT 'x'); {child} ALTER TABLE child ALTER note SET DEFAULT 'y';"
        ),
    )
    .await;
}

#[tokio::test]
async fn partitions_come_go_and_get_other_bounds() {
    let script = assert_both_ways(
        "CREATE TABLE t (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (id);
        CREATE TABLE a PARTITION OF t FOR VALUES FROM (0) TO (10);
        CREATE TABLE b PARTITION OF t FOR VALUES FROM (10) TO (20) PARTITION BY LIST (at);
        CREATE TABLE b_rest PARTITION OF b DEFAULT;",
        "CREATE SCHEMA old;
        CREATE TABLE t (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (id);
        CREATE TABLE a PARTITION OF t FOR VALUES FROM (-10) TO (5); COMMENT ON TABLE a IS 'low';
        CREATE TABLE middle PARTITION OF t FOR VALUES FROM (5) TO (10);
        CREATE TABLE b PARTITION OF t FOR VALUES FROM (10) TO (20) PARTITION BY LIST (at);
        CREATE TABLE old.b_new PARTITION OF b FOR VALUES IN ('2026-01-01');
        CREATE TABLE late PARTITION OF t DEFAULT PARTITION BY HASH (at);
        CREATE TABLE late_0 PARTITION OF late FOR VALUES WITH (MODULUS 1, REMAINDER 0);",
    )
    .await;
    assert!(!script.contains("DROP TABLE a"), "{script}");
}

#[tokio::test]
async fn views_are_made_again_around_what_they_read() {
    let script = assert_both_ways(
        "CREATE TYPE mood AS ENUM ('on', 'off');
        CREATE TABLE t (id int, note text, m mood); CREATE TABLE other (id int);
        CREATE VIEW still AS SELECT id FROM other; COMMENT ON VIEW still IS 'unchanged';
        CREATE VIEW a_top AS SELECT count(*) AS n FROM b_kept;
        CREATE MATERIALIZED VIEW b_kept AS SELECT id, m FROM t; CREATE UNIQUE INDEX kept_id ON b_kept (id);"
            .replace("CREATE VIEW a_top AS SELECT count(*) AS n FROM b_kept;\n        ", "")
            .as_str(),
        "CREATE TYPE mood AS ENUM ('off');
        CREATE TABLE t (id bigint, m mood); CREATE TABLE other (id int);
        CREATE VIEW still AS SELECT id FROM other; COMMENT ON VIEW still IS 'unchanged';
        CREATE MATERIALIZED VIEW b_kept AS SELECT id, m FROM t; CREATE UNIQUE INDEX kept_id ON b_kept (id);
        COMMENT ON INDEX kept_id IS 'its key';
        CREATE VIEW a_top AS SELECT count(*) AS n FROM b_kept; COMMENT ON COLUMN a_top.n IS 'how many';
        CREATE VIEW gone AS SELECT * FROM a_top;",
    )
    .await;
    assert!(!script.contains("VIEW still"), "{script}");
}

#[tokio::test]
async fn what_a_view_says_besides_its_query_changes_in_place() {
    let script = assert_both_ways(
        "CREATE TABLE t (id int, note text);
        CREATE VIEW v AS SELECT id, note FROM t;
        CREATE MATERIALIZED VIEW m AS SELECT id, note FROM t WITH NO DATA; CREATE INDEX m_id ON m (id);",
        "CREATE TABLE t (id int, note text);
        CREATE VIEW v WITH (security_barrier = true) AS SELECT id, note FROM t WITH LOCAL CHECK OPTION;
        COMMENT ON VIEW v IS 'a view'; COMMENT ON COLUMN v.note IS 'a column';
        CREATE MATERIALIZED VIEW m WITH (fillfactor = 80) AS SELECT id, note FROM t WITH NO DATA;
        CREATE INDEX m_id ON m (id DESC); CREATE INDEX m_note ON m (note);
        COMMENT ON MATERIALIZED VIEW m IS 'kept';",
    )
    .await;
    assert!(
        !script.contains("DROP VIEW") && !script.contains("DROP MATERIALIZED"),
        "{script}"
    );
}

#[tokio::test]
async fn a_view_takes_the_name_of_a_table_and_gives_it_back() {
    assert_both_ways(
        "CREATE TABLE base (id int); CREATE TABLE x (id int);",
        "CREATE TABLE base (id int); CREATE VIEW x AS SELECT id FROM base;",
    )
    .await;
    assert_both_ways(
        "CREATE TABLE base (id int); CREATE VIEW x AS SELECT id FROM base;",
        "CREATE TABLE base (id int); CREATE MATERIALIZED VIEW x AS SELECT id FROM base;",
    )
    .await;
}

#[tokio::test]
async fn a_view_without_rows_is_filled() {
    let sql = "CREATE TABLE t (id int); CREATE MATERIALIZED VIEW m AS SELECT id FROM t";
    let (empty, filled) = (made(&format!("{sql} WITH NO DATA")).await, made(sql).await);
    let script = assert_reaches(&format!("{sql} WITH NO DATA"), &empty, &filled).await;
    assert!(script.contains("REFRESH MATERIALIZED VIEW m"), "{script}");
    assert!(Diff::between(&filled, &empty).is_empty());
}

#[tokio::test]
async fn what_no_statement_changes_is_refused_by_name() {
    for (previous, next, said) in [
        (
            "CREATE TYPE spot AS (x int); CREATE TABLE t (at spot)",
            "CREATE TYPE spot AS (x text); CREATE TABLE t (at spot)",
            "type spot cannot have an attribute of another type while columns use it",
        ),
        (
            "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE DOMAIN calm AS mood; CREATE TABLE t (a calm)",
            "CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN calm AS mood; CREATE TABLE t (a calm)",
            "type mood cannot lose a label or change their order while types have it",
        ),
        (
            "CREATE DOMAIN size AS int; CREATE TYPE box_of AS (a size); CREATE TABLE t (a box_of)",
            "CREATE DOMAIN size AS bigint; CREATE TYPE box_of AS (a size); CREATE TABLE t (a box_of)",
            "domain size cannot be over another type while types have it",
        ),
    ] {
        assert_eq!(refused(previous, next).await, said);
    }
}
