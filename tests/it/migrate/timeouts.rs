//! Locks held by others: limits, repetitions, and who waits for whom.

use std::time::Duration;

use schema_kit::{
    MigrationError,
    migration::{self, Event, Options},
};
use tests::{TestDatabase, database};
use tokio_postgres::Client;

use super::{HISTORY, apply_with, count, migrations, options, until, word};

const ALTER: &str = "CREATE TABLE made (); ALTER TABLE t ADD COLUMN b int";

/// A database with a table that a transaction has read and keeps locked.
async fn held() -> (TestDatabase, Client, Client) {
    let database = database();
    let client = database.connect().await.unwrap();
    client
        .batch_execute("CREATE TABLE t (a int)")
        .await
        .unwrap();
    let holder = database.connect().await.unwrap();
    holder
        .batch_execute("BEGIN; SELECT count(*) FROM t")
        .await
        .unwrap();
    (database, client, holder)
}

fn short(retries: u32) -> Options {
    options()
        .lock_timeout(Some(Duration::from_millis(20)))
        .retry(retries, Duration::from_millis(1))
}

#[tokio::test]
async fn a_part_is_tried_again_until_the_lock_is_free() {
    let (_database, mut client, holder) = held().await;
    let mut words = Vec::new();
    let mut holder = Some(holder);
    // Going away ends the transaction.
    let mut observe = |event: Event<'_>| {
        if let Event::Retrying { retry: 3, .. } = event {
            holder = None;
        }
        words.push(word(&event));
    };
    let list = migrations(&[("1_a", ALTER)]);
    migration::apply(&mut client, &list, &short(1000), &mut observe)
        .await
        .unwrap();
    let tries = words
        .iter()
        .filter(|word| word.starts_with("retry"))
        .count();
    assert!(tries >= 3, "{words:?}");
    // What stood before it in the transaction was run each time, and is there once.
    let runs = words.iter().filter(|word| *word == "done 1").count();
    assert_eq!(runs, tries + 1);
    assert_eq!(count(&client, HISTORY).await, 1);
}

#[tokio::test]
async fn repetitions_have_an_end_and_nothing_is_left() {
    let (_database, mut client, _holder) = held().await;
    let mut words = Vec::new();
    let mut observe = |event: Event<'_>| words.push(word(&event));
    let list = migrations(&[("1_a", ALTER)]);
    let outcome = migration::apply(&mut client, &list, &short(2), &mut observe).await;
    let error = outcome.unwrap_err();
    let MigrationError::Statement { number: 2, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(
        error.help().unwrap().contains("--lock-timeout"),
        "{error:?}"
    );
    words.retain(|word| word.starts_with("retry"));
    assert_eq!(words, ["retry 1", "retry 2"]);
    assert_eq!(count(&client, HISTORY).await, 0);
    assert_eq!(
        count(
            &client,
            "SELECT count(*) FROM pg_class WHERE relname = 'made'"
        )
        .await,
        0
    );
}

#[tokio::test]
async fn others_wait_no_longer_than_the_limit() {
    let (database, mut client, holder) = held().await;
    let limited = options().lock_timeout(Some(Duration::from_millis(500)));
    let runner =
        tokio::spawn(async move { apply_with(&mut client, &[("1_a", ALTER)], &limited).await });
    let watcher = database.connect().await.unwrap();
    let is_waiting = |query: &str| {
        format!(
            "EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE '{query}' AND wait_event_type = 'Lock')"
        )
    };
    until(&watcher, &is_waiting("ALTER TABLE t ADD%")).await;
    // It comes after the one that waits, and so would wait for the holder as well, which does not go away.
    let reader = database.connect().await.unwrap();
    assert_eq!(count(&reader, "SELECT count(*) FROM t").await, 0);
    runner.await.unwrap().unwrap_err();
    drop(holder);
}

#[tokio::test]
async fn a_files_own_limit_wins_and_ends_with_it() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let shown = |sql: &str| {
        format!(
            "{sql} CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS l, current_setting('statement_timeout') AS s"
        )
    };
    let limited = options()
        .lock_timeout(Some(Duration::from_secs(7)))
        .statement_timeout(Some(Duration::from_secs(70)));
    let is_seen = async |client: &Client, l: &str, s: &str| {
        let sql = format!("SELECT count(*) FROM seen WHERE l = '{l}' AND s = '{s}'");
        count(client, &sql).await
    };
    let first = shown("");
    let list = [("1_a", first.as_str())];
    apply_with(&mut client, &list, &limited).await.unwrap();
    assert_eq!(is_seen(&client, "7s", "70s").await, 1);
    let second = shown("DROP TABLE seen; SET lock_timeout = '9s'; VACUUM;");
    let list = [list[0], ("2_b", &second)];
    apply_with(&mut client, &list, &limited).await.unwrap();
    assert_eq!(is_seen(&client, "9s", "70s").await, 1);
    let third = shown("DROP TABLE seen; RESET ALL;");
    let list = [list[0], list[1], ("3_c", &third)];
    apply_with(&mut client, &list, &limited).await.unwrap();
    assert_eq!(is_seen(&client, "7s", "70s").await, 1);
    let shown = client.query_one("SHOW lock_timeout", &[]).await.unwrap();
    assert_eq!(shown.get::<_, &str>(0), "0");
}

#[tokio::test]
async fn an_index_made_concurrently_waits_without_a_limit() {
    let (database, mut client, holder) = held().await;
    // It waits for transactions with a snapshot.
    let snapshot = "ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM t";
    holder.batch_execute(snapshot).await.unwrap();
    let limited = short(0);
    let runner = tokio::spawn(async move {
        apply_with(
            &mut client,
            &[("1_a", "CREATE INDEX CONCURRENTLY i ON t (a)")],
            &limited,
        )
        .await
    });
    let watcher = database.connect().await.unwrap();
    // It has waited for longer than the limit, and waits still.
    until(
        &watcher,
        "EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%' AND wait_event_type = 'Lock' \
         AND now() - query_start > interval '100 milliseconds')",
    )
    .await;
    drop(holder);
    runner.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_tried_again_and_one_that_is_canceled_is_not() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let limited = options()
        .statement_timeout(Some(Duration::from_millis(50)))
        .retry(2, Duration::from_millis(1));
    let mut words = Vec::new();
    let mut observe = |event: Event<'_>| words.push(word(&event));
    let list = migrations(&[("1_a", "SELECT pg_sleep(600)")]);
    let outcome = migration::apply(&mut client, &list, &limited, &mut observe).await;
    assert!(format!("{outcome:?}").contains("57014"), "{outcome:?}");
    words.retain(|word| word.starts_with("retry"));
    assert_eq!(words, ["retry 1", "retry 2"]);

    let many = options().retry(1000, Duration::from_millis(1));
    let runner = tokio::spawn(async move {
        apply_with(&mut client, &[("1_a", "SELECT pg_sleep(600)")], &many).await
    });
    let watcher = database.connect().await.unwrap();
    let canceled = "(SELECT bool_or(pg_cancel_backend(pid)) FROM pg_stat_activity \
                    WHERE query = 'SELECT pg_sleep(600)' AND state = 'active')";
    until(&watcher, canceled).await;
    assert!(format!("{:?}", runner.await.unwrap()).contains("57014"));
}

#[tokio::test]
async fn a_deadlock_is_no_end() {
    let (database, client, other) = held().await;
    other.batch_execute("ROLLBACK").await.unwrap();
    // Who waits last finds the deadlock, and that is the runner.
    let setup = format!(
        "CREATE TABLE u (); ALTER DATABASE {} SET deadlock_timeout = '10ms'",
        database.name()
    );
    client.batch_execute(&setup).await.unwrap();
    let setup = "SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE u";
    other.batch_execute(setup).await.unwrap();
    let mut runner_client = database.connect().await.unwrap();
    let (told, mut retries) = tokio::sync::mpsc::unbounded_channel();
    let runner = tokio::spawn(async move {
        let wait = "DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_locks WHERE relation = 'u'::regclass) AND NOT EXISTS \
                    (SELECT FROM pg_locks WHERE relation = 't'::regclass AND NOT granted) \
                    LOOP PERFORM pg_sleep(0.005); END LOOP; END $$";
        let sql = format!("LOCK TABLE t; {wait}; LOCK TABLE u; ALTER TABLE t ADD COLUMN b int");
        let patient = options()
            .lock_timeout(None)
            .retry(1000, Duration::from_millis(1));
        let mut observe = |event: Event<'_>| {
            if let Event::Retrying { error, .. } = event {
                let _ = told.send(error.code().map(|code| code.code().to_owned()));
            }
        };
        let list = migrations(&[("1_a", &sql)]);
        migration::apply(&mut runner_client, &list, &patient, &mut observe).await
    });
    let watcher = database.connect().await.unwrap();
    let holds = "EXISTS (SELECT FROM pg_locks WHERE relation = 't'::regclass AND granted)";
    until(&watcher, holds).await;
    other.batch_execute("LOCK TABLE t").await.unwrap();
    assert_eq!(retries.recv().await.unwrap().as_deref(), Some("40P01"));
    other.batch_execute("COMMIT").await.unwrap();
    runner.await.unwrap().unwrap();
    assert_eq!(count(&client, HISTORY).await, 1);
}
