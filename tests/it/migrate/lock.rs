//! The lock: one runner at a time, and what it says where it cannot have a session of its own.

use std::process::Child;

use schema_kit::migration::{self, Event, Options};
use tests::{
    database,
    proxy::{Pooler, Proxy},
};

use super::{count, migrations};
use crate::fixture::Fixture;

#[tokio::test]
async fn a_second_runner_gives_up_naming_the_first() {
    let database = database();
    let mut first = database.connect().await.unwrap();
    first
        .batch_execute("SET application_name = 'first runner'")
        .await
        .unwrap();
    let second = Fixture::with_url(&database.url()).migration("1_a", "SELECT 1");
    // The second one runs from beginning to end while the first is in the middle of its work.
    let mut outcome = None;
    let mut observe = |event: Event<'_>| {
        if let Event::Started { .. } = event {
            outcome = Some(second.run(&["migrate", "--lock-wait", "0"]));
        }
    };
    let list = migrations(&[("1_a", "SELECT 1")]);
    migration::apply(&mut first, &list, &Options::default(), &mut observe)
        .await
        .unwrap();
    let outcome = outcome.unwrap();
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let name = database.name();
    let title =
        format!("error: another migration of database `{name}` is running; gave up after 0 s\n");
    assert!(outcome.stderr.starts_with(&title), "{outcome:?}");
    assert!(
        outcome
            .stderr
            .contains("user postgres, application first runner, connected since 2"),
        "{outcome:?}"
    );
}

#[test]
fn sixteen_runners_at_once_apply_each_migration_once() {
    let database = database();
    let mut fixture = Fixture::with_url(&database.url());
    for version in 1..=5 {
        let sql = format!(
            "CREATE TABLE t{version} (id int);\nCREATE INDEX CONCURRENTLY i{version} ON t{version} (id);\n\
             INSERT INTO t{version} VALUES (1);\n"
        );
        fixture = fixture.migration(&format!("{version:04}_make"), &sql);
    }
    let start = |_| {
        let mut command = fixture.command(&["migrate"]);
        command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let runners: Vec<Child> = (0..16).map(start).collect();
    let mut applied = 0;
    for runner in runners {
        let output = runner.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        applied += usize::from(output.stdout.starts_with(b"applied 5 migrations"));
    }
    assert_eq!(applied, 1);
}

#[tokio::test]
async fn a_pooler_that_changes_sessions_is_found_out_and_nothing_is_changed() {
    let database = database();
    let pooler = Pooler::start(database.connection());
    let fixture = Fixture::with_url(pooler.url()).migration("1_a", "CREATE TABLE a (id int)");
    let outcome = fixture.run(&["migrate"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome.stderr.contains("is not one session: a pooler"),
        "{outcome:?}"
    );
    let client = database.connect().await.unwrap();
    let left = "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = 'schema_kit') \
                + (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = \
                (SELECT oid FROM pg_database WHERE datname = current_database()))";
    assert_eq!(count(&client, left).await, 0);
}

#[test]
fn with_nothing_to_do_there_is_one_connection_and_two_requests() {
    let database = database();
    let proxy = Proxy::start(database.connection(), None);
    let direct = Fixture::with_url(&database.url()).migration("1_a", "SELECT 1");
    assert_eq!(direct.run(&["migrate"]).code, Some(0));
    let fixture = Fixture::with_url(proxy.url()).migration("1_a", "SELECT 1");
    // The proxy takes one connection only.
    let outcome = fixture.run(&["migrate"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_eq!(proxy.requests(), 2);
}
