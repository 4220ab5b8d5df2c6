//! The command `diff`: any two ends compared, the SQL between them proved, told and written.

mod ends;
mod refused;

use schema_kit::testing::Template;
use tests::{TestDatabase, database_from, server};

use crate::fixture::{Fixture, Outcome};

/// What the fixture's compiled schema makes.
const COMPILED: &str =
    "CREATE TABLE users (id bigint CONSTRAINT users_pkey PRIMARY KEY, name text NOT NULL);";

/// A database that holds what the SQL makes.
fn made(sql: &str) -> TestDatabase {
    database_from(&Template::new(sql))
}

/// Runs `diff` with scratch databases on the tests' own server, for tables that nobody uses.
fn diff(fixture: &Fixture, arguments: &[&str]) -> Outcome {
    diff_in_use(fixture, &[&["--no-online"], arguments].concat())
}

/// Runs `diff` with scratch databases on the tests' own server.
fn diff_in_use(fixture: &Fixture, arguments: &[&str]) -> Outcome {
    let url = server().server().connection().url();
    let arguments = [&["diff", "--scratch-url", &url], arguments].concat();
    fixture.run(&arguments)
}

/// Compares two files of SQL.
fn between(previous: &str, next: &str, arguments: &[&str]) -> Outcome {
    let fixture = Fixture::new().file("a.sql", previous).file("b.sql", next);
    let ends = ["--from", "a.sql", "--to", "b.sql"];
    diff(&fixture, &[&ends, arguments].concat())
}

/// Holds an outcome to differences and what it prints, hazards by their kinds.
#[track_caller]
fn assert_differs(outcome: &Outcome, stdout: &str) {
    let lines = outcome.stdout.trim_end().lines();
    let lines: Vec<&str> = lines
        .map(|line| match line.strip_prefix("-- hazard: ") {
            Some(hazard) => &line[..line.len() - hazard.len() + hazard.find(':').unwrap()],
            None => line,
        })
        .collect();
    let found = (outcome.code, lines.join("\n"));
    assert_eq!(found, (Some(3), stdout.trim().to_owned()), "{outcome:?}");
}

#[test]
fn equal_schemas_print_nothing() {
    let database = made(COMPILED);
    let fixture = Fixture::with_url(&database.url());
    let outcome = diff(&fixture, &[]);
    outcome.prints("");
    assert_eq!(outcome.stderr, "");
}

#[tokio::test]
async fn tables_that_are_there_are_taken_to_be_in_use() {
    let database = made(
        "CREATE TABLE users (id bigint PRIMARY KEY); INSERT INTO users SELECT generate_series(1, 100)",
    );
    let next = "CREATE TABLE users (id bigint PRIMARY KEY CHECK (id > 0)); CREATE INDEX by_id ON users (id DESC);";
    let fixture = Fixture::new().file("b.sql", next);
    let url = database.url();
    let ends = ["--from", &url, "--to", "b.sql"];
    let script = diff_in_use(&fixture, &ends);
    for part in [
        "SET lock_timeout",
        "NOT VALID",
        "VALIDATE CONSTRAINT",
        "INDEX CONCURRENTLY",
    ] {
        assert!(script.stdout.contains(part), "{part}: {script:?}");
    }
    let report = diff_in_use(&fixture, &[&ends[..], &["--report"]].concat());
    assert_eq!(report.code, Some(3), "{report:?}");
    assert!(
        report.stdout.contains("users: SHARE UPDATE EXCLUSIVE"),
        "{report:?}"
    );
    let client = database.connect().await.unwrap();
    for statement in script.stdout.split_inclusive(";\n") {
        client.batch_execute(statement).await.unwrap();
    }
    diff_in_use(&fixture, &ends).prints("");
    let limited = diff_in_use(
        &fixture,
        &[&ends[..], &["--lock-timeout", "never"]].concat(),
    );
    assert_eq!(limited.code, Some(2), "{limited:?}");
}

#[tokio::test]
async fn what_is_printed_brings_the_database_up_to_the_code() {
    let database = made("CREATE TABLE users (id bigint PRIMARY KEY, nick text);");
    let fixture = Fixture::with_url(&database.url());
    let outcome = diff(&fixture, &[]);
    assert_differs(
        &outcome,
        "
-- hazard: may-fail
-- hazard: blocks-reads
ALTER TABLE users ADD COLUMN name text NOT NULL;

-- hazard: deletes-data
ALTER TABLE users DROP COLUMN nick;
",
    );
    assert_eq!(
        outcome.stderr,
        "note: if this is a rename, say so and no data is lost: --rename users.nick=name\n"
    );
    let client = database.connect().await.unwrap();
    client.batch_execute(&outcome.stdout).await.unwrap();
    diff(&fixture, &[]).prints("");
}

#[test]
fn a_rename_that_is_told_is_one() {
    let database = made(
        "CREATE TABLE people (id bigint CONSTRAINT users_pkey PRIMARY KEY, nick text NOT NULL);",
    );
    let fixture = Fixture::with_url(&database.url());
    let hints = ["--rename", "people=users", "--rename", "people.nick=name"];
    let outcome = diff(&fixture, &hints);
    assert!(!outcome.stdout.contains("DROP"), "{outcome:?}");
    let summary = diff(&fixture, &[&hints[..], &["--summary"]].concat());
    assert_differs(
        &summary,
        "rename table people to users\nrename column people.nick to name",
    );
    let unknown = diff(&fixture, &["--rename", "people.name=nick"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(
        unknown
            .stderr
            .contains("help: name it as the previous schema does"),
        "{unknown:?}"
    );
}

#[test]
fn json_holds_statements_and_hazards() {
    let outcome = between(
        "CREATE TABLE t (a int, b int);",
        "CREATE TABLE t (a int);",
        &["--format", "json"],
    );
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(outcome.code, Some(3));
    assert_eq!(value["equal"], false);
    assert_eq!(
        value["summary"],
        serde_json::json!(["alter table t: drop column b"])
    );
    assert_eq!(value["statements"][0]["sql"], "ALTER TABLE t DROP COLUMN b");
    assert_eq!(value["statements"][0]["hazards"][0]["kind"], "deletes-data");
}

#[test]
fn what_is_not_meant_is_left_alone() {
    let next =
        "CREATE SCHEMA audit; CREATE TABLE audit.log (); CREATE TABLE tmp_1 (); CREATE TABLE t ();";
    let summary = |arguments: &[&str]| {
        let outcome = between("", next, &[arguments, &["--summary"]].concat());
        outcome.stdout
    };
    assert_eq!(
        summary(&[]),
        "create namespace audit\ncreate table audit.log\ncreate table t\ncreate table tmp_1\n"
    );
    assert_eq!(
        summary(&["--namespace", "public"]),
        "create table t\ncreate table tmp_1\n"
    );
    assert_eq!(
        summary(&["--exclude", "tmp_*", "--exclude", "audit.*"]),
        "create namespace audit\ncreate table t\n"
    );
    let pattern = between("", "", &["--exclude", "a."]);
    assert_eq!(pattern.code, Some(2), "{pattern:?}");
}

#[test]
fn what_is_left_alone_is_there_when_the_sql_is_tried() {
    let both = "CREATE TABLE other (id int PRIMARY KEY);";
    let outcome = between(
        &format!("{both} CREATE TABLE t (id int);"),
        &format!("{both} CREATE TABLE t (id int REFERENCES other);"),
        &["--exclude", "other", "--summary"],
    );
    assert_differs(&outcome, "alter table t: add foreign key t_id_fkey");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let fixture = Fixture::new()
        .file("a.sql", "")
        .file("b.sql", "CREATE TABLE t (a int);")
        .file("broken.sql", "CREATE TABLE t (a nothing);")
        .file("plan.sql", "old");
    let plan = || std::fs::read_to_string(fixture.path().join("plan.sql")).unwrap();
    let failed = [
        "--from",
        "a.sql",
        "--to",
        "broken.sql",
        "--output",
        "plan.sql",
    ];
    assert_eq!(diff(&fixture, &failed).code, Some(1));
    assert_eq!(plan(), "old");
    let written = ["--from", "a.sql", "--to", "b.sql", "--output", "plan.sql"];
    assert_differs(&diff(&fixture, &written), "");
    assert_eq!(plan(), "CREATE TABLE t (\n    a integer\n);\n");
}

#[test]
fn the_same_ends_give_the_same_bytes() {
    let next = "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (a int PRIMARY KEY, m mood); CREATE VIEW v AS SELECT a FROM t;";
    let run = || between("CREATE TABLE u (b text);", next, &[]).stdout;
    assert_eq!(run(), run());
}
