//! The migration runner and its commands, on a real server.

mod commands;
mod embedded;
mod faults;
mod lock;
mod options;
mod parts;
mod squash;
mod timeouts;

use std::time::Duration;

use schema_kit::{
    MigrationError,
    migration::{self, Event, Migration, Migrations, Options, State},
};
use tests::database;
use tokio_postgres::Client;

use crate::fixture::{Fixture, Outcome};

fn migrations(list: &[(&str, &str)]) -> Migrations {
    let build = |(id, sql): &(&str, &str)| Migration::new(id, sql, format!("{id}/up.sql")).unwrap();
    Migrations::new(list.iter().map(build).collect()).unwrap()
}

async fn apply(client: &mut Client, list: &[(&str, &str)]) -> Result<Vec<String>, MigrationError> {
    apply_with(client, list, &options()).await
}

async fn apply_with(
    client: &mut Client,
    list: &[(&str, &str)],
    options: &Options,
) -> Result<Vec<String>, MigrationError> {
    let summary = migration::apply(client, &migrations(list), options, &mut |_| {}).await?;
    Ok(summary.applied)
}

/// Nothing is waited for and nothing tried twice.
fn options() -> Options {
    Options::default()
        .lock_wait(Duration::ZERO)
        .retry(0, Duration::ZERO)
}

/// Waits until a condition holds on the server.
pub(crate) async fn until(client: &Client, condition: &str) {
    let sql = format!("SELECT count(*) FROM pg_sleep(0.005) WHERE {condition}");
    // A condition that never comes is a failure, not a wait without an end.
    for _ in 0..20_000 {
        if count(client, &sql).await > 0 {
            return;
        }
    }
    panic!("it never came that {condition}");
}

/// What the runner tells, one word or line each.
fn word(event: &Event<'_>) -> String {
    match event {
        Event::StatementDone { step, .. } => format!("done {}", step.number),
        Event::Recognized(step) => format!("recognized {}", step.number),
        Event::Dropping { index, .. } => format!("dropping {index}"),
        Event::Retrying { retry, .. } => format!("retry {retry}"),
        Event::Started { done, parts, .. } => format!("started {done}/{parts}"),
        Event::Finished { .. } => "finished".to_owned(),
        _ => String::new(),
    }
}

/// Replaces the times of a text, which no two runs have in common.
fn timeless(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { "N" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

pub(crate) async fn count(client: &Client, sql: &str) -> i64 {
    client.query_one(sql, &[]).await.unwrap().get(0)
}

const HISTORY: &str = "SELECT count(*) FROM schema_kit.history";

#[tokio::test]
async fn migrations_run_once_in_the_order_of_their_versions() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let list = [
        ("10_b", "ALTER TABLE a ADD COLUMN b int"),
        ("9_a", "CREATE TABLE a ()"),
    ];
    assert_eq!(apply(&mut client, &list).await.unwrap(), ["9_a", "10_b"]);
    assert_eq!(apply(&mut client, &list).await.unwrap(), [""; 0]);
    assert_eq!(count(&client, HISTORY).await, 2);
}

#[tokio::test]
async fn the_history_says_what_ran_and_by_whom() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    apply(&mut client, &[("0001_init", "SELECT pg_sleep(0.002)")])
        .await
        .unwrap();
    let sql = "SELECT version, name, length(checksum), execution_ms > 0, kit_version, \
               started_at < finished_at AND now() - finished_at < interval '1 minute' AND steps_done = 1 \
               AND applied_by = 'postgres' AND sql = 'SELECT pg_sleep(0.002)' FROM schema_kit.history";
    let row = client.query_one(sql, &[]).await.unwrap();
    assert_eq!(
        (
            row.get(0),
            row.get(1),
            row.get(2),
            row.get(3),
            row.get(4),
            row.get(5)
        ),
        (
            "0001",
            "init",
            64_i32,
            true,
            env!("CARGO_PKG_VERSION"),
            true
        )
    );
}

#[tokio::test]
async fn a_failing_migration_leaves_nothing_and_those_before_it_stay() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let list = [
        ("1_a", "CREATE TABLE a (id int)"),
        (
            "2_b",
            "CREATE TABLE b (id int); INSERT INTO a VALUES (1); SELECT 1/0",
        ),
        ("3_c", "CREATE TABLE c (id int)"),
    ];
    let error = apply(&mut client, &list).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "migration `2_b` failed at statement 3 of 3"
    );
    assert_eq!(count(&client, HISTORY).await, 1);
    assert_eq!(count(&client, "SELECT count(*) FROM a").await, 0);
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(count(&client, tables).await, 1);
}

#[tokio::test]
async fn the_session_a_migration_leaves_does_not_reach_the_next() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let list = [
        (
            "1_a",
            "SET search_path = ''; CREATE ROLE kit_walker; SET ROLE kit_walker",
        ),
        ("2_b", "CREATE TABLE a (id int); DROP ROLE kit_walker"),
    ];
    assert_eq!(apply(&mut client, &list).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_deferred_constraint_that_fails_at_commit_is_reported() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let sql = "CREATE TABLE a (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED); INSERT INTO a VALUES (1), (1)";
    let error = apply(&mut client, &[("1_a", sql)]).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the transaction of migration `1_a` failed"
    );
    assert_eq!(count(&client, HISTORY).await, 0);
}

#[tokio::test]
async fn strings_are_read_alike_whatever_the_role_has_set() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    client
        .batch_execute("SET standard_conforming_strings = off")
        .await
        .unwrap();
    let list = [(
        "1_a",
        r"CREATE TABLE a AS SELECT '\' AS b; INSERT INTO a VALUES ('c')",
    )];
    apply(&mut client, &list).await.unwrap();
    assert_eq!(
        count(&client, "SELECT count(*) FROM a WHERE length(b) = 1").await,
        2
    );
}

#[tokio::test]
async fn an_edit_a_removal_and_a_late_migration_stop_the_run() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    apply(
        &mut client,
        &[
            ("1_a", "SELECT 1"),
            ("2_b", "SELECT 2"),
            ("4_d", "SELECT 4"),
        ],
    )
    .await
    .unwrap();
    let changed = [
        ("1_a", "SELECT 10"),
        ("3_c", "SELECT 3"),
        ("4_d", "SELECT 4"),
        ("5_e", "CREATE TABLE e ()"),
    ];
    let error = apply(&mut client, &changed).await.unwrap_err();
    let MigrationError::History { problems, .. } = &error else {
        panic!("{error:?}")
    };
    let found: Vec<_> = problems
        .iter()
        .map(|problem| (problem.id.as_str(), problem.state))
        .collect();
    let expected = [
        ("1_a", State::Diverged),
        ("2_b", State::Missing),
        ("3_c", State::OutOfOrder),
    ];
    assert_eq!(found, expected);
    assert_eq!(count(&client, HISTORY).await, 3);
}

#[tokio::test]
async fn a_checkout_with_other_line_endings_is_no_edit() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    apply(&mut client, &[("1_a", "SELECT 1;\nSELECT 2;\n")])
        .await
        .unwrap();
    let applied = apply(
        &mut client,
        &[("1_a", "\u{feff}SELECT 1;\r\nSELECT 2;\r\n")],
    )
    .await;
    assert_eq!(applied.unwrap(), [""; 0]);
}

#[tokio::test]
async fn nothing_runs_when_a_later_migration_cannot() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    for bad in [
        "CREATE INDEX CONCURRENTLY ON a (id)",
        "COMMIT",
        "SELECT 'x",
        "COPY a FROM STDIN",
    ] {
        let list = [("1_a", "CREATE TABLE a (id int)"), ("2_b", bad)];
        apply(&mut client, &list).await.unwrap_err();
        let namespaces = "SELECT count(*) FROM pg_namespace WHERE nspname = 'schema_kit'";
        assert_eq!(count(&client, namespaces).await, 0, "{bad}");
    }
}

fn fixture(sql: &str) -> (tests::TestDatabase, Fixture) {
    let database = database();
    let fixture = Fixture::with_url(&database.url()).migration("0001_init", sql);
    (database, fixture)
}

#[test]
fn migrate_says_what_it_did_and_then_that_there_is_nothing_to_do() {
    let (database, fixture) = fixture("CREATE TABLE a ();");
    let name = database.name();
    fixture.run(&["migrate"]).prints(&format!(
        "applied 1 migration to database `{name}`: 0001_init\n"
    ));
    let second = fixture.run(&["migrate"]);
    second.prints(&format!(
        "nothing to do: database `{name}` is at 0001_init\n"
    ));
    assert_eq!(second.stderr, "");
}

#[test]
fn a_failing_statement_is_shown_with_its_line_and_position() {
    let (_database, fixture) =
        fixture("CREATE TABLE a (\n  id int\n);\n\nALTER TABLE a\n\tADD COLUMN b nosuchtype;\n");
    let outcome = fixture.run(&["migrate"]);
    assert_eq!(
        timeless(&outcome.stderr),
        r#"1 migration to apply
  1/2 line 1, N ms: CREATE TABLE a ( …
error: migration `0001_init` failed at statement N of 2
 where: migrations/0001_init/up.sql, line 6
            N |  ADD COLUMN b nosuchtype
              |               ^
 cause: type "nosuchtype" does not exist (SQLSTATE 42704)
  help: the migration was rolled back and nothing of it is left; correct it and run `migrate` again
"#
        .replacen("1 migration", "N migration", 1)
    );
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
}

#[test]
fn the_servers_detail_and_hint_are_shown() {
    let sql = "DO $$ BEGIN RAISE 'no good' USING DETAIL = 'a detail', HINT = 'a hint'; END $$";
    let (_database, fixture) = fixture(sql);
    let outcome = fixture.run(&["migrate"]);
    for line in [
        " cause: no good (SQLSTATE P0001)",
        "detail: a detail",
        "  hint: a hint",
    ] {
        assert!(
            outcome.stderr.lines().any(|found| found == line),
            "{outcome:?}"
        );
    }
}

#[test]
fn an_index_made_concurrently_without_a_name_is_refused() {
    let (_database, fixture) =
        fixture("CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY ON a (id);\n");
    fixture.run(&["migrate"]).fails(
        1,
        r"
error: migration `0001_init` holds a statement outside of a transaction that does not name what it makes
 where: migrations/0001_init/up.sql, line 2
            2 | CREATE INDEX CONCURRENTLY ON a (id)
  help: give the index a name, so that the runner can tell after a crash whether it was made
",
    );
}

#[test]
fn an_edited_migration_stops_the_run_by_name() {
    let (database, fixture) = fixture("SELECT 1;");
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    let outcome = fixture
        .migration("0001_init", "SELECT 2;")
        .run(&["migrate"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let title = format!(
        "error: the migrations do not fit the history of database `{}`:",
        database.name()
    );
    let lines: Vec<&str> = outcome.stderr.lines().collect();
    assert_eq!(lines[0], title);
    assert!(lines[1].starts_with("        `0001_init` was edited after it was applied (2"));
    let difference = [
        "        migrations/0001_init/up.sql, line 1",
        "            was | SELECT 1;",
        "             is | SELECT 2;",
    ];
    assert_eq!(lines[2..5], difference);
    assert!(lines[5].starts_with("  help: restore the files as they were applied"));
}

#[test]
fn status_shows_each_state_as_a_table() {
    let (database, fixture) = fixture("SELECT 1;");
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    let outcome = fixture.migration("0002_more", "SELECT 2;").run(&["status"]);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "MIGRATION  STATE            APPLIED AT                  MS"
    );
    assert!(
        lines[1].starts_with("0001_init  applied          2"),
        "{outcome:?}"
    );
    assert_eq!(lines[2], "0002_more  pending");
    assert_eq!(
        lines[4],
        format!("database `{}`: 1 applied, 1 pending", database.name())
    );
    assert_eq!(outcome.code, Some(0));
}

#[test]
fn what_was_applied_is_json_for_a_program() {
    let database = database();
    let fixture = Fixture::with_url(&database.url())
        .migration("0001_init", "CREATE TABLE a ();")
        .migration("0002_more", "CREATE TABLE b ();");
    let applied = |expected: &[&str]| {
        let Outcome { stdout, .. } = fixture.run(&["migrate", "--format", "json"]);
        let value: serde_json::Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!(value["applied"], serde_json::json!(expected));
        assert_eq!(value["newest"], "0002_more");
    };
    applied(&["0001_init", "0002_more"]);
    applied(&[]);
}

#[test]
fn status_is_json_for_a_program_and_3_where_migrate_would_refuse() {
    let (_database, fixture) = fixture("SELECT 1;");
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    let Outcome { code, stdout, .. } = fixture
        .migration("0001_init", "SELECT 2;")
        .run(&["status", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let migration = &value["migrations"][0];
    assert_eq!(
        (migration["version"].as_str(), migration["state"].as_str()),
        (Some("0001"), Some("diverged"))
    );
    assert_eq!(code, Some(3));
}
