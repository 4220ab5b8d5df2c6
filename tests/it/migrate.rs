//! The migration runner and `migrate` and `status`, on a real server.

use std::{process::Child, time::Duration};

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
    let options = Options::default().lock_wait(Duration::ZERO);
    let summary = migration::apply(client, &migrations(list), &options, &mut |_| {}).await?;
    Ok(summary.applied)
}

async fn count(client: &Client, sql: &str) -> i64 {
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
               now() - applied_at < interval '1 minute' FROM schema_kit.history";
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
        "CREATE INDEX CONCURRENTLY i ON a (id)",
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
            .contains("user postgres, application first runner\n"),
        "{outcome:?}"
    );
}

#[test]
fn eight_runners_at_once_apply_each_migration_once() {
    let database = database();
    let mut fixture = Fixture::with_url(&database.url());
    for version in 1..=5 {
        let sql = format!("CREATE TABLE t{version} (id int);\nSELECT pg_sleep(0.02);\n");
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
    let runners: Vec<Child> = (0..8).map(start).collect();
    let mut applied = 0;
    for runner in runners {
        let output = runner.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        applied += usize::from(output.stdout.starts_with(b"applied 5 migrations"));
    }
    assert_eq!(applied, 1);
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
    fixture.run(&["migrate"]).fails(
        1,
        r#"
1 migration to apply
error: migration `0001_init` failed at statement 2 of 2
 where: migrations/0001_init/up.sql, line 6
            6 |  ADD COLUMN b nosuchtype
              |               ^
 cause: type "nosuchtype" does not exist (SQLSTATE 42704)
  help: the migration was rolled back and nothing of it is left; correct it and run `migrate` again
"#,
    );
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
fn a_statement_that_needs_no_transaction_is_refused_by_name() {
    let (_database, fixture) =
        fixture("CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY a_id_idx ON a (id);\n");
    fixture.run(&["migrate"]).fails(
        1,
        r"
error: migration `0001_init` holds a statement that PostgreSQL does not run in a transaction
 where: migrations/0001_init/up.sql, line 2
            2 | CREATE INDEX CONCURRENTLY a_id_idx ON a (id)
  help: leave out CONCURRENTLY where the table is small or not in use, or run the statement by hand
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
    let mut lines = outcome.stderr.lines();
    assert_eq!(lines.next(), Some(title.as_str()));
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("        `0001_init` was edited after it was applied (2")
    );
}

#[test]
fn status_shows_each_state_as_a_table() {
    let (database, fixture) = fixture("SELECT 1;");
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    let outcome = fixture.migration("0002_more", "SELECT 2;").run(&["status"]);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "MIGRATION  STATE         APPLIED AT                  MS"
    );
    assert!(
        lines[1].starts_with("0001_init  applied       2"),
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
