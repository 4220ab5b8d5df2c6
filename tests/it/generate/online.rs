//! Migrations of tables in use: what is written, what psql and the runner make of it with rows there, and how long others
//! wait.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use schema_core::schema::Schema;
use schema_kit::{
    diff::{Diff, Renames},
    introspect::{self, Filter},
    migration::{self, Back, Event, MigrationSource, Migrations, Options},
    plan::{Plan, PlanRequest},
};
use tests::{TestDatabase, database, evolving};
use tokio_postgres::Client;

use super::{Fixture, becomes, project};
use crate::migrate::{count, until};

const BEFORE: &str = "teams: id, name; users: id, name?, mail+, team?, old?+";
const AFTER: &str = "teams: id, name?; users: id, name, mail!, team?, lead@teams?+, note?; posts: id, author@users+";

/// Rows that both schemas can hold.
const ROWS: &str = "INSERT INTO teams SELECT n, 'team ' || n FROM generate_series(1, 10) AS n;
    INSERT INTO users SELECT n, 'user ' || n, n || '@example', 'a team', 'old' FROM generate_series(1, 1000) AS n";

/// How often others are in the way.
const TIMES: usize = 10;

/// A project with a migration to each of the two schemas.
fn evolved(arguments: &[&str]) -> (Fixture, [String; 2]) {
    let fixture = project(BEFORE);
    let first = fixture.generates(&[]);
    let fixture = becomes(fixture, AFTER);
    let arguments = [
        &["--allow", "deletes-data", "--drop", "users.old"],
        arguments,
    ]
    .concat();
    let second = fixture.generates(&arguments);
    (fixture, [first, second])
}

fn migrations(fixture: &Fixture) -> Migrations {
    let directory = fixture.path().join("migrations");
    MigrationSource::Directory(directory).load().unwrap()
}

/// Brings a database to the first schema and fills it.
async fn filled(fixture: &Fixture) -> (TestDatabase, Client) {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let all = migrations(fixture);
    let first = all.iter().next().unwrap().version().clone();
    let options = Options::default().to(Some(first));
    let applied = migration::apply(&mut client, &all, &options, &mut |_| {}).await;
    applied.unwrap();
    client.batch_execute(ROWS).await.unwrap();
    (database, client)
}

fn schema(text: &str) -> Schema {
    Schema::from_def(evolving::schema(text)).unwrap()
}

/// Holds a database to a schema, and a second plan to be empty.
async fn assert_is(client: &mut Client, text: &str) {
    let found = introspect::read(client, &Filter::default()).await.unwrap();
    let next = schema(text);
    let diff = Diff::between(&found.schema, &next);
    assert!(diff.is_empty(), "{:#?}", diff.summary());
    let options = PlanRequest::default().options(&found.schema);
    let none = Renames::default();
    let plan = Plan::with_options(&diff, &found.schema, &next, &none, &options).unwrap();
    assert_eq!(plan.script(), "");
    let invalid = "SELECT (SELECT count(*) FROM pg_index WHERE NOT indisvalid) \
                   + (SELECT count(*) FROM pg_constraint WHERE NOT convalidated)";
    assert_eq!(count(client, invalid).await, 0);
}

#[test]
fn what_takes_long_is_apart_from_what_blocks_and_the_file_says_so() {
    let (fixture, [first, second]) = evolved(&[]);
    assert!(!fixture.read(&first, "up.sql").contains("BEGIN"));
    let up = fixture.read(&second, "up.sql");
    let in_order = [
        "SET lock_timeout = '3s';\nSET statement_timeout = '30s';\nBEGIN;\n",
        "CHECK (name IS NOT NULL) NOT VALID;\n",
        "COMMIT;\n\nSET lock_timeout = 0;\nSET statement_timeout = 0;\n-- hazard: may-fail:",
        "\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_mail_key ON users (mail);\n",
        "\nSET lock_timeout = '3s';\nSET statement_timeout = '30s';\nBEGIN;\n",
        // A new table has nobody who waits, and what is its own comes with it.
        "CREATE TABLE posts",
        "\nCREATE INDEX posts_author_idx ON posts (author);\nCOMMIT;\n",
        "FOREIGN KEY (lead) REFERENCES teams (id) NOT VALID;\nCOMMIT;\n",
        "\nSET statement_timeout = 0;\nBEGIN;\n-- hazard: may-fail:",
        "VALIDATE CONSTRAINT users_name_not_null;\nCOMMIT;\n",
        "DROP INDEX CONCURRENTLY IF EXISTS users_old_idx;\n",
        "-- hazard: deletes-data: all values of `users.old` go\nALTER TABLE users DROP COLUMN old;\n",
    ];
    let mut rest = up.as_str();
    for part in in_order {
        let found = rest.split_once(part);
        rest = found.unwrap_or_else(|| panic!("{part}\n{up}")).1;
    }
    let down = fixture.read(&second, "down.sql");
    assert!(down.starts_with("-- not undone: "), "{down}");
    assert!(
        down.contains("CREATE INDEX CONCURRENTLY IF NOT EXISTS users_old_idx"),
        "{down}"
    );
}

#[test]
fn without_online_there_are_the_fewest_statements() {
    let (fixture, [_, second]) = evolved(&["--no-online"]);
    for file in ["up.sql", "down.sql"] {
        let text = fixture.read(&second, file);
        for word in ["CONCURRENTLY", "BEGIN", "SET lock_timeout", "NOT VALID"] {
            assert!(!text.contains(word), "{word} in {file}\n{text}");
        }
    }
}

#[test]
fn the_timeouts_are_those_that_are_asked_for() {
    let (fixture, [_, second]) = evolved(&["--lock-timeout", "0.5", "--statement-timeout", "7"]);
    let up = fixture.read(&second, "up.sql");
    assert!(
        up.starts_with("SET lock_timeout = '500ms';\nSET statement_timeout = '7s';\n"),
        "{up}"
    );
}

#[tokio::test]
async fn with_rows_there_the_runner_reaches_the_schema_and_goes_back() {
    for arguments in [&[][..], &["--no-online"]] {
        let (fixture, [_, second]) = evolved(arguments);
        let (_database, mut client) = filled(&fixture).await;
        let all = migrations(&fixture);
        let options = Options::default();
        for _ in 0..2 {
            migration::apply(&mut client, &all, &options, &mut |_| {})
                .await
                .unwrap();
            assert_is(&mut client, AFTER).await;
            let back = Back::Steps(1);
            let down = migration::down(&mut client, &all, &back, &options, &mut |_| {}).await;
            assert_eq!(down.unwrap().applied, [second.as_str()]);
            assert_eq!(count(&client, "SELECT count(*) FROM users").await, 1000);
            assert_is(&mut client, BEFORE).await;
        }
    }
}

#[tokio::test]
async fn psql_runs_the_files_alike() {
    let (fixture, ids) = evolved(&[]);
    let database = database();
    let mut client = database.connect().await.unwrap();
    let sql = "SELECT setting FROM pg_config WHERE name = 'BINDIR'";
    let programs: String = client.query_one(sql, &[]).await.unwrap().get(0);
    let run = |file: &str| {
        let output = Command::new(format!("{programs}/psql"))
            .args(["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", "-f"])
            .arg(fixture.path().join("migrations").join(file))
            .arg(database.url())
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), errors.as_str()), (Some(0), ""));
    };
    run(&format!("{}/up.sql", ids[0]));
    client.batch_execute(ROWS).await.unwrap();
    run(&format!("{}/up.sql", ids[1]));
    assert_is(&mut client, AFTER).await;
}

#[tokio::test]
async fn one_migration_of_both_reaches_the_schema_too() {
    let (fixture, _) = evolved(&[]);
    fixture.run(&["squash"]).succeeds();
    let database = database();
    let mut client = database.connect().await.unwrap();
    let all = migrations(&fixture);
    assert_eq!(all.len(), 1);
    migration::apply(&mut client, &all, &Options::default(), &mut |_| {})
        .await
        .unwrap();
    assert_is(&mut client, AFTER).await;
}

#[tokio::test]
async fn rows_in_the_way_stop_it_where_they_are_and_the_next_run_goes_on() {
    let (fixture, _) = evolved(&[]);
    let (_database, mut client) = filled(&fixture).await;
    let spoil =
        "UPDATE users SET name = NULL WHERE id = 1; UPDATE users SET mail = 'twice' WHERE id < 3";
    client.batch_execute(spoil).await.unwrap();
    let all = migrations(&fixture);
    let options = Options::default();
    for repair in [
        "UPDATE users SET name = 'one' WHERE id = 1",
        "UPDATE users SET mail = 'once' WHERE id = 1",
    ] {
        let outcome = migration::apply(&mut client, &all, &options, &mut |_| {}).await;
        let code = outcome.unwrap_err();
        assert!(code.help().unwrap().contains("parts"), "{code:?}");
        client.batch_execute(repair).await.unwrap();
    }
    migration::apply(&mut client, &all, &options, &mut |_| {})
        .await
        .unwrap();
    assert_is(&mut client, AFTER).await;
}

/// While somebody's long transaction is in the way, the runner steps back again and again, and whoever comes behind it gets
/// through. Without the limit this would not end: the holder waits for them.
#[tokio::test]
async fn others_wait_no_longer_than_the_limit_in_the_file() {
    let (fixture, _) = evolved(&["--lock-timeout", "0.1"]);
    let (database, mut client) = filled(&fixture).await;
    let holder = database.connect().await.unwrap();
    let hold = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM users";
    holder.batch_execute(hold).await.unwrap();
    let all = migrations(&fixture);
    let (told, mut retries) = tokio::sync::mpsc::unbounded_channel();
    let runner = tokio::spawn(async move {
        let options = Options::default().retry(10_000, Duration::ZERO);
        let mut observe = |event: Event<'_>| {
            if let Event::Retrying { error, .. } = event {
                let code = error.code().map(|code| code.code().to_owned());
                let _ = told.send(code);
            }
        };
        migration::apply(&mut client, &all, &options, &mut observe).await
    });
    let other = database.connect().await.unwrap();
    let watcher = database.connect().await.unwrap();
    let waits = "EXISTS (SELECT FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation \
                 WHERE relname = 'users' AND mode = 'AccessExclusiveLock' AND NOT granted)";
    let mut longest = Duration::ZERO;
    for at in 0..TIMES {
        until(&watcher, waits).await;
        let started = Instant::now();
        let write = format!("UPDATE users SET team = 'other' WHERE id = {at}");
        other.batch_execute(&write).await.unwrap();
        longest = longest.max(started.elapsed());
    }
    for _ in 0..TIMES {
        assert_eq!(retries.recv().await.unwrap().as_deref(), Some("55P03"));
    }
    drop(holder);
    runner.await.unwrap().unwrap();
    eprintln!("with a limit of 100 ms, others waited for {longest:?} at most, of {TIMES} times");
    let mut client = database.connect().await.unwrap();
    assert_is(&mut client, AFTER).await;
}

/// An index is built while older transactions go on; what is written meanwhile waits for nothing.
#[tokio::test]
async fn nobody_waits_behind_an_index_that_waits() {
    let fixture = project("users: id, name");
    fixture.generates(&[]);
    let fixture = becomes(fixture, "users: id, name+");
    fixture.generates(&[]);
    let database = database();
    let mut client = database.connect().await.unwrap();
    let all = migrations(&fixture);
    let first = all.iter().next().unwrap().version().clone();
    let options = Options::default().to(Some(first));
    migration::apply(&mut client, &all, &options, &mut |_| {})
        .await
        .unwrap();
    let holder = database.connect().await.unwrap();
    let hold = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM users";
    holder.batch_execute(hold).await.unwrap();
    let runner = tokio::spawn(async move {
        migration::apply(&mut client, &all, &Options::default(), &mut |_| {}).await
    });
    let other = database.connect().await.unwrap();
    let waits = "EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%' AND wait_event_type = 'Lock')";
    until(&other, waits).await;
    let write = "SET lock_timeout = 1; INSERT INTO users SELECT n, 'name' FROM generate_series(1, 100) AS n; RESET lock_timeout";
    other.batch_execute(write).await.unwrap();
    until(&other, waits).await;
    drop(holder);
    runner.await.unwrap().unwrap();
    let valid = "SELECT count(*) FROM pg_index WHERE indexrelid = 'users_name_idx'::regclass AND indisvalid";
    assert_eq!(count(&other, valid).await, 1);
}
