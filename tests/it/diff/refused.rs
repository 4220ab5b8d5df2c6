//! Bad input: one clear message, and nothing half written.

use schema_core::schema::Schema;
use schema_kit::{
    Error, ProofError,
    database::{Database, Origin},
    diff::{Diff, Renames},
    introspect::{self, Filter},
    plan::Plan,
    proof::{self, Claim},
    scratch::Scratch,
    source::Selection,
};
use tests::server;
use tokio_postgres::Client;

use super::{between, diff, made};
use crate::fixture::{Fixture, Outcome};

/// Compares with a file of SQL.
fn load(sql: &str) -> Outcome {
    let fixture = Fixture::new().file("new.sql", sql).file("old.sql", "");
    diff(&fixture, &["--from", "old.sql", "--to", "new.sql"])
}

#[test]
fn a_mistake_in_sql_is_shown_with_its_place() {
    load("CREATE TABLE a ();\n\nCREATE TABLE t (\n    id bigin\n);").fails(
        1,
        "
error: the server refuses a statement
 where: new.sql, line 4
            4 |     id bigin
              |        ^
 cause: type \"bigin\" does not exist (SQLSTATE 42704)
  help: correct the SQL: it has to run in an empty database
",
    );
    load("SELECT 1;\n/* open").fails(
        1,
        "
error: a comment is opened and not closed
 where: new.sql, line 2
  help: close it: everything up to the end of the file is part of it
",
    );
}

#[test]
fn what_reaches_beyond_the_database_is_refused_before_it_runs() {
    for (sql, message) in [
        (
            "CREATE DATABASE other",
            "the script holds a statement that reaches beyond the database",
        ),
        (
            "alter system set work_mem = '1MB'",
            "the script holds a statement that reaches beyond the database",
        ),
        (
            "\\connect other",
            "the script holds a command of psql that connects to another database",
        ),
        (
            "\\i other.sql",
            "the script holds a command of psql that reads another file",
        ),
        (
            "\\gexec",
            "the script holds a command that only psql understands",
        ),
        (
            "BEGIN; CREATE TABLE t ()",
            "the script holds a transaction that is begun and not ended",
        ),
    ] {
        let outcome = load(sql);
        assert!(
            outcome
                .stderr
                .starts_with(&format!("error: {message}\n where: new.sql, line 1\n")),
            "{outcome:?}"
        );
        assert_eq!(
            (outcome.code, outcome.stdout.as_str()),
            (Some(1), ""),
            "{outcome:?}"
        );
    }
}

#[test]
fn files_that_are_missing_or_no_text_are_named() {
    let fixture = Fixture::new()
        .file("a.sql", b"SELECT 1;\n\xff")
        .file("empty/x.txt", "");
    diff(&fixture, &["--from", "b.sql"]).fails(
        2,
        "
error: there is no file or directory `b.sql`
  help: name a file or directory of SQL, a snapshot, a database URL (`postgres://…`) or `compiled`
",
    );
    diff(&fixture, &["--from", "a.sql"]).fails(
        1,
        "
error: `a.sql` is not UTF-8
 where: a.sql, line 2
  help: save the file as UTF-8 text
",
    );
    let outcome = diff(&fixture, &["--from", "empty"]);
    assert!(
        outcome
            .stderr
            .starts_with("error: there is no `.sql` file in the directory `empty`"),
        "{outcome:?}"
    );
}

#[test]
fn a_snapshot_that_cannot_be_used_is_named() {
    let fixture = Fixture::new()
        .file("broken.json", "{\n<<<<<<< ours\n")
        .file("newer.json", "{\"format\": 99, \"schema\": {}}");
    let broken = diff(&fixture, &["--from", "broken.json"]);
    assert!(
        broken.stderr.starts_with(
            "error: cannot use the snapshot `broken.json`\n cause: the snapshot is broken\n"
        ),
        "{broken:?}"
    );
    assert!(
        broken.stderr.contains("help: resolve the merge conflict"),
        "{broken:?}"
    );
    diff(&fixture, &["--from", "newer.json"]).fails(
        1,
        "
error: cannot use the snapshot `newer.json`
 cause: the snapshot has format 99; this version of the kit reads formats up to 1
  help: update the kit, or write the snapshot again with this one
",
    );
}

#[test]
fn without_a_compiled_schema_commands_say_so() {
    let fixture = Fixture::new()
        .env("FIXTURE_WITHOUT_SCHEMA", "1")
        .file("a.sql", "");
    for arguments in [&["ddl"][..], &["lint"], &["diff", "--from", "a.sql"]] {
        fixture.run(arguments).fails(
            1,
            "
error: there is no compiled schema here
  help: run the command from your application's own binary, whose `main` is `schema_kit::main(&SCHEMA)`
",
        );
    }
    diff(&fixture, &["--from", "a.sql", "--to", "a.sql"]).prints("");
}

#[test]
fn what_no_statement_does_is_named() {
    let outcome = between(
        "CREATE TYPE point_3d AS (x int); CREATE TABLE t (at point_3d);",
        "CREATE TYPE point_3d AS (x text); CREATE TABLE t (at point_3d);",
        &[],
    );
    assert!(
        outcome.stderr.starts_with(
            "error: type point_3d cannot have an attribute of another type while columns use it\n  help: "
        ),
        "{outcome:?}"
    );
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""));
}

#[test]
fn what_the_model_does_not_know_is_listed() {
    let outcome = between("", "CREATE TYPE shell;", &[]);
    outcome.prints("");
    assert!(
        outcome
            .stderr
            .contains("note: not compared, in `b.sql`: type public.shell"),
        "{outcome:?}"
    );
}

fn scratch() -> Scratch {
    let url = server().server().connection().url();
    Scratch::on(Database::parse(&url, Origin::Argument).unwrap())
}

async fn schema(sql: &str) -> Schema {
    let database = made(sql);
    let mut client = database.connect().await.unwrap();
    read(&mut client).await.unwrap()
}

async fn read(client: &mut Client) -> Result<Schema, introspect::IntrospectError> {
    let found = introspect::read(client, &Filter::default()).await?;
    Ok(found.schema)
}

#[tokio::test]
async fn a_plan_that_is_wrong_is_found_out() {
    let previous = schema("CREATE TABLE t (id int);").await;
    let next = schema("CREATE TABLE t (id int, a int, b int);").await;
    let diff = Diff::between(&previous, &next);
    let plan = Plan::new(&diff, &previous, &next, &Renames::default()).unwrap();
    let selection = Selection::default();
    let claim = Claim {
        previous: &previous,
        next: &next,
        selection: &selection,
    };
    proof::prove(&plan, claim, &scratch()).await.unwrap();

    let mut short = plan.clone();
    short.statements.pop();
    let Err(Error::Proof(ProofError::Differs { differences })) =
        proof::prove(&short, claim, &scratch()).await
    else {
        panic!("half a plan is no plan");
    };
    assert_eq!(differences, ["alter table t: add column b"]);

    let mut twice = plan.clone();
    twice.statements.extend(plan.statements);
    let error = proof::prove(&twice, claim, &scratch()).await.unwrap_err();
    let statement = matches!(
        &error,
        Error::Proof(ProofError::Statement {
            number: 3,
            total: 4,
            ..
        })
    );
    assert!(statement, "{error:?}");
}

#[tokio::test]
async fn a_catalog_that_may_not_be_read_is_said() {
    let database = made("REVOKE SELECT ON pg_catalog.pg_constraint FROM PUBLIC;");
    let client = database.connect().await.unwrap();
    let role = "DROP ROLE IF EXISTS kit_blind; CREATE ROLE kit_blind LOGIN PASSWORD 'right'";
    client.batch_execute(role).await.unwrap();
    let url = database.url().replace("postgres@", "kit_blind:right@");
    let fixture = Fixture::new();
    diff(&fixture, &["--from", &url]).fails(
        1,
        "
error: cannot read the database's constraints
 cause: permission denied for table pg_constraint (SQLSTATE 42501)
  help: connect as a role that may read the system catalogs
",
    );
    client.batch_execute("DROP ROLE kit_blind").await.unwrap();
}

#[tokio::test]
async fn a_database_that_changes_while_it_is_read_is_said() {
    let database = made("CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t;");
    let changer = database.connect().await.unwrap();
    changer
        .batch_execute("BEGIN; DROP TABLE t CASCADE")
        .await
        .unwrap();
    let mut reader = database.connect().await.unwrap();
    let reading = tokio::spawn(async move { read(&mut reader).await });
    // The reader waits for the lock of the table below the view, whose text it asks for.
    let waits = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let watcher = database.connect().await.unwrap();
    while watcher.query(waits, &[]).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    changer.batch_execute("COMMIT").await.unwrap();
    let error = reading.await.unwrap().unwrap_err();
    assert_eq!(
        error.help().as_deref(),
        Some("the database was changed while it was read: try again"),
        "{error:?}"
    );
}
