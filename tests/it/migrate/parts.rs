//! Migrations that are not one transaction: cut, recorded part by part, and gone on with.

use schema_kit::{
    MigrationError,
    migration::{self, Event, Left},
};
use tests::{TestDatabase, database};
use tokio_postgres::Client;

use super::{HISTORY, apply, count, migrations, options, until, word};

/// Applies, and gives the words of what was told.
async fn told(
    client: &mut Client,
    list: &[(&str, &str)],
) -> (Vec<String>, Result<(), MigrationError>) {
    let mut words = Vec::new();
    let mut observe = |event: Event<'_>| words.push(word(&event));
    let outcome = migration::apply(client, &migrations(list), &options(), &mut observe).await;
    words.retain(|word| !word.is_empty());
    (words, outcome.map(drop))
}

async fn start() -> (TestDatabase, Client) {
    let database = database();
    let client = database.connect().await.unwrap();
    client
        .batch_execute("CREATE TABLE t (a int); INSERT INTO t SELECT generate_series(1, 100)")
        .await
        .unwrap();
    (database, client)
}

/// How often the catalog has a valid index of this name.
fn valid(name: &str) -> String {
    format!(
        "SELECT count(*) FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid \
         WHERE c.relname = '{name}' AND i.indisvalid"
    )
}

/// A row of the history as a runner leaves it that dies while this part runs.
async fn interrupt(client: &Client, done: usize, before: &str) {
    let sql = format!(
        "UPDATE schema_kit.history SET finished_at = NULL, steps_done = {done}, step_before = '{before}'"
    );
    client.batch_execute(&sql).await.unwrap();
}

#[tokio::test]
async fn statements_outside_of_a_transaction_run_between_those_inside() {
    let (_database, mut client) = start().await;
    let list = [(
        "1_a",
        "ALTER TABLE t ADD COLUMN b int; CREATE INDEX CONCURRENTLY i ON t (b); VACUUM t; ALTER TABLE t ADD COLUMN c int",
    )];
    let (words, outcome) = told(&mut client, &list).await;
    outcome.unwrap();
    assert_eq!(
        words,
        [
            "started 0/4",
            "done 1",
            "done 2",
            "done 3",
            "done 4",
            "finished"
        ]
    );
    assert_eq!(count(&client, &valid("i")).await, 1);
    let row = "SELECT count(*) FROM schema_kit.history WHERE steps_done = 4 AND cardinality(steps) = 4 \
               AND finished_at IS NOT NULL AND step_before IS NULL";
    assert_eq!(count(&client, row).await, 1);
}

#[tokio::test]
async fn a_part_that_fails_leaves_those_before_it_and_the_next_run_goes_on() {
    let (_database, mut client) = start().await;
    let list = [(
        "1_a",
        "INSERT INTO t VALUES (0); CREATE UNIQUE INDEX CONCURRENTLY i ON t (a); INSERT INTO t VALUES (-1)",
    )];
    client
        .batch_execute("INSERT INTO t VALUES (7)")
        .await
        .unwrap();
    let (words, outcome) = told(&mut client, &list).await;
    let error = outcome.unwrap_err();
    let MigrationError::Statement { left, number, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!((*left, *number), (Left::Parts(1, 3), 2));
    assert_eq!(words, ["started 0/3", "done 1", "dropping public.i"]);
    assert_eq!(
        count(&client, "SELECT count(*) FROM pg_class WHERE relname = 'i'").await,
        0
    );
    client
        .batch_execute("DELETE FROM t WHERE ctid = (SELECT max(ctid) FROM t WHERE a = 7)")
        .await
        .unwrap();
    let (words, outcome) = told(&mut client, &list).await;
    outcome.unwrap();
    assert_eq!(words, ["started 1/3", "done 2", "done 3", "finished"]);
    assert_eq!(
        count(&client, "SELECT count(*) FROM t WHERE a < 1").await,
        2
    );
}

#[tokio::test]
async fn a_first_statement_that_fails_leaves_no_row() {
    let (_database, mut client) = start().await;
    let list = [("1_a", "DROP INDEX CONCURRENTLY nosuchindex; SELECT 1")];
    let (_, outcome) = told(&mut client, &list).await;
    let error = outcome.unwrap_err();
    assert!(
        error.help().unwrap().contains("nothing of it is left"),
        "{error:?}"
    );
    assert_eq!(count(&client, HISTORY).await, 0);
}

#[tokio::test]
async fn what_was_done_but_not_noted_is_not_done_again() {
    for (sql, before) in [
        ("CREATE INDEX CONCURRENTLY i ON t (a)", "absent"),
        ("DROP INDEX CONCURRENTLY gone", "present"),
        ("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY", "attached"),
    ] {
        let (_database, mut client) = start().await;
        let setup = "CREATE TABLE p (a int) PARTITION BY LIST (a); \
                     CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE INDEX gone ON t (a)";
        client.batch_execute(setup).await.unwrap();
        let sql = format!("{sql}; INSERT INTO t VALUES (0)");
        apply(&mut client, &[("1_a", &sql)]).await.unwrap();
        interrupt(&client, 0, before).await;
        let (words, outcome) = told(&mut client, &[("1_a", &sql)]).await;
        outcome.unwrap();
        let expected = ["started 0/2", "recognized 1", "done 2", "finished"];
        assert_eq!(words, expected, "{sql}");
    }
}

#[tokio::test]
async fn an_object_that_was_there_before_is_not_taken_for_ones_own() {
    let (_database, mut client) = start().await;
    client
        .batch_execute("CREATE INDEX i ON t (a)")
        .await
        .unwrap();
    let list = [("1_a", "CREATE INDEX CONCURRENTLY i ON t ((a + 1))")];
    for _ in 0..2 {
        let (_, outcome) = told(&mut client, &list).await;
        let error = outcome.unwrap_err();
        assert!(format!("{error:?}").contains("42P07"), "{error:?}");
        assert_eq!(count(&client, HISTORY).await, 0);
    }
}

#[tokio::test]
async fn an_index_left_invalid_is_dropped_and_built_again() {
    let (database, mut client) = start().await;
    let sql = r#"SET search_path = "S"; CREATE INDEX CONCURRENTLY "I ;1" ON "T" (a); INSERT INTO "T" VALUES (0)"#;
    client
        .batch_execute(r#"CREATE SCHEMA "S"; CREATE TABLE "S"."T" (a int)"#)
        .await
        .unwrap();
    // A transaction that has seen the table keeps the build in its last phase.
    let holder = database.connect().await.unwrap();
    holder
        .batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM t")
        .await
        .unwrap();
    let watcher = database.connect().await.unwrap();
    let mut first = database.connect().await.unwrap();
    let runner = tokio::spawn(async move { apply(&mut first, &[("1_a", sql)]).await });
    until(
        &watcher,
        "EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY \"I%' \
         AND wait_event = 'virtualxid') \
         AND EXISTS (SELECT FROM pg_index WHERE NOT indisvalid)",
    )
    .await;
    watcher
        .batch_execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%'",
        )
        .await
        .unwrap();
    let error = runner.await.unwrap().unwrap_err();
    assert!(error.help().unwrap().contains("status"), "{error:?}");
    holder.batch_execute("COMMIT").await.unwrap();
    let (words, outcome) = told(&mut client, &[("1_a", sql)]).await;
    outcome.unwrap();
    assert_eq!(
        words,
        [
            r"started 0/2",
            r#"dropping "S"."I ;1""#,
            "done 2",
            "done 3",
            "finished"
        ]
    );
    assert_eq!(count(&client, &valid("I ;1")).await, 1);
    assert_eq!(count(&client, r#"SELECT count(*) FROM "S"."T""#).await, 1);
}

#[tokio::test]
async fn a_partition_half_detached_is_detached_for_good() {
    let (database, mut client) = start().await;
    client
        .batch_execute(
            "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)",
        )
        .await
        .unwrap();
    let sql = "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY";
    let holder = database.connect().await.unwrap();
    holder
        .batch_execute("BEGIN; SELECT count(*) FROM p")
        .await
        .unwrap();
    let watcher = database.connect().await.unwrap();
    let mut first = database.connect().await.unwrap();
    let runner = tokio::spawn(async move { apply(&mut first, &[("1_a", sql)]).await });
    until(
        &watcher,
        "EXISTS (SELECT FROM pg_inherits WHERE inhdetachpending)",
    )
    .await;
    watcher
        .batch_execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE p DETACH%'",
        )
        .await
        .unwrap();
    runner.await.unwrap().unwrap_err();
    holder.batch_execute("COMMIT").await.unwrap();
    let (words, outcome) = told(&mut client, &[("1_a", sql)]).await;
    outcome.unwrap();
    assert_eq!(words, ["started 0/1", "done 1", "finished"]);
    assert_eq!(count(&client, "SELECT count(*) FROM pg_inherits").await, 0);
}

#[tokio::test]
async fn what_an_interrupted_reindex_leaves_is_dropped() {
    let (_database, mut client) = start().await;
    let list = [("1_a", "REINDEX TABLE CONCURRENTLY t")];
    client
        .batch_execute("CREATE INDEX i ON t (a)")
        .await
        .unwrap();
    apply(&mut client, &list).await.unwrap();
    let leave = "CREATE INDEX i_ccnew ON t (a); \
                 UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i_ccnew'::regclass";
    client.batch_execute(leave).await.unwrap();
    interrupt(&client, 0, "repeat").await;
    let (words, outcome) = told(&mut client, &list).await;
    outcome.unwrap();
    assert_eq!(
        words,
        [
            "started 0/1",
            "dropping public.i_ccnew",
            "done 1",
            "finished"
        ]
    );
}

#[tokio::test]
async fn a_label_is_used_in_the_migration_that_adds_it() {
    let (_database, mut client) = start().await;
    let list = [
        (
            "1_a",
            "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE m (mood mood)",
        ),
        (
            "2_b",
            "ALTER TYPE mood ADD VALUE 'glad'; INSERT INTO m VALUES ('glad')",
        ),
    ];
    apply(&mut client, &list).await.unwrap();
    assert_eq!(
        count(&client, "SELECT count(*) FROM m WHERE mood = 'glad'").await,
        1
    );
}

#[tokio::test]
async fn a_procedure_that_commits_runs_where_its_author_says_so() {
    let (_database, mut client) = start().await;
    let procedure = "CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (0); COMMIT; END $$";
    client.batch_execute(procedure).await.unwrap();
    let error = apply(&mut client, &[("1_a", "CALL fill()")])
        .await
        .unwrap_err();
    assert!(format!("{error:?}").contains("2D000"), "{error:?}");
    let marked = "-- schema-kit: no transaction\nCALL fill();\nINSERT INTO t VALUES (0);";
    apply(&mut client, &[("1_a", marked)]).await.unwrap();
    assert_eq!(
        count(&client, "SELECT count(*) FROM t WHERE a = 0").await,
        2
    );
}

#[tokio::test]
async fn settings_last_to_the_end_of_a_migration_and_no_longer() {
    let (_database, mut client) = start().await;
    let list = [
        (
            "1_a",
            "CREATE SCHEMA s; SET search_path = s; CREATE TABLE u (a int); \
             CREATE INDEX CONCURRENTLY i ON u (a); INSERT INTO u VALUES (1)",
        ),
        ("2_b", "INSERT INTO t VALUES (0)"),
    ];
    apply(&mut client, &list).await.unwrap();
    assert_eq!(count(&client, "SELECT count(*) FROM s.u").await, 1);
    assert_eq!(count(&client, &valid("i")).await, 1);
}

#[tokio::test]
async fn a_file_edited_while_its_parts_run_is_refused_until_somebody_decides() {
    let (_database, mut client) = start().await;
    let failing = "INSERT INTO t VALUES (0); VACUUM t; SELECT 1/0";
    apply(&mut client, &[("1_a", failing)]).await.unwrap_err();
    let corrected = "INSERT INTO t VALUES (0); VACUUM t; SELECT 1/1";
    let error = apply(&mut client, &[("1_a", corrected)]).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("`1_a` was edited after 2 of its 3 parts ran"),
        "{text}"
    );
    assert!(error.help().unwrap().contains("`repair`"), "{error:?}");
    let resume = async |client: &mut Client, sql: &str| {
        let list = migrations(&[("1_a", sql)]);
        let version = list.iter().next().unwrap().version().clone();
        let decided = (&version, migration::Decision::Resume);
        migration::repair(client, &list, decided, &options(), &mut |_| {}).await
    };
    let error = resume(
        &mut client,
        "INSERT INTO t VALUES (1); VACUUM t; SELECT 1/1",
    )
    .await
    .unwrap_err();
    assert!(
        matches!(error, MigrationError::EditedMidway { .. }),
        "{error:?}"
    );
    resume(&mut client, corrected).await.unwrap();
    apply(&mut client, &[("1_a", corrected)]).await.unwrap();
    assert_eq!(
        count(&client, "SELECT count(*) FROM t WHERE a = 0").await,
        1
    );
}
