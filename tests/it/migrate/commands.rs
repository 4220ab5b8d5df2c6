//! `down`, `redo`, `baseline` and `repair`.

use schema_kit::{
    MigrationError,
    migration::{self, Back, Migration, Migrations, Version},
};
use tests::database;
use tokio_postgres::Client;

use super::{HISTORY, count, options};
use crate::fixture::Fixture;

/// Migrations with an `up.sql` and a `down.sql` each; an empty one is none.
fn migrations(list: &[(&str, &str, &str)]) -> Migrations {
    let build = |(id, up, down): &(&str, &str, &str)| {
        let migration = Migration::new(id, up, format!("{id}/up.sql")).unwrap();
        match *down {
            "" => migration,
            down => migration.with_down(down, format!("{id}/down.sql")).unwrap(),
        }
    };
    Migrations::new(list.iter().map(build).collect()).unwrap()
}

async fn up(client: &mut Client, list: &Migrations) {
    migration::apply(client, list, &options(), &mut |_| {})
        .await
        .unwrap();
}

async fn down(
    client: &mut Client,
    list: &Migrations,
    back: Back,
) -> Result<Vec<String>, MigrationError> {
    let summary = migration::down(client, list, &back, &options(), &mut |_| {}).await?;
    Ok(summary.applied)
}

const TABLES: &str = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";

fn three() -> Migrations {
    migrations(&[
        ("1_a", "CREATE TABLE a (id int)", "DROP TABLE a"),
        ("2_b", "CREATE TABLE b (id int)", "DROP TABLE b"),
        ("3_c", "CREATE TABLE c (id int)", "DROP TABLE c"),
    ])
}

#[tokio::test]
async fn migrations_are_taken_back_newest_first() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    up(&mut client, &three()).await;
    let to = Back::To(Version::parse("2").unwrap());
    assert_eq!(down(&mut client, &three(), to).await.unwrap(), ["3_c"]);
    let steps = Back::Steps(2);
    assert_eq!(
        down(&mut client, &three(), steps).await.unwrap(),
        ["2_b", "1_a"]
    );
    assert_eq!(count(&client, HISTORY).await, 0);
    assert_eq!(count(&client, TABLES).await, 0);
    assert_eq!(
        down(&mut client, &three(), Back::All).await.unwrap(),
        [""; 0]
    );
    up(&mut client, &three()).await;
    assert_eq!(count(&client, TABLES).await, 3);
}

#[tokio::test]
async fn nothing_is_taken_back_where_one_has_no_way() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let list = migrations(&[
        ("1_a", "CREATE TABLE a (id int)", ""),
        ("2_b", "CREATE TABLE b (id int)", "DROP TABLE b"),
    ]);
    up(&mut client, &list).await;
    let error = down(&mut client, &list, Back::All).await.unwrap_err();
    assert_eq!(error.to_string(), "migration `1_a` has no `down.sql`");
    assert_eq!(count(&client, TABLES).await, 2);
}

#[tokio::test]
async fn a_way_back_that_fails_leaves_the_migration_applied() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let list = migrations(&[("1_a", "CREATE TABLE a (id int)", "DROP TABLE a; SELECT 1/0")]);
    up(&mut client, &list).await;
    down(&mut client, &list, Back::All).await.unwrap_err();
    assert_eq!(count(&client, TABLES).await, 1);
    let whole = format!("{HISTORY} WHERE finished_at IS NOT NULL AND down_steps IS NULL");
    assert_eq!(count(&client, &whole).await, 1);
}

#[tokio::test]
async fn a_way_back_in_parts_is_gone_on_with() {
    let database = database();
    let mut client = database.connect().await.unwrap();
    let up_sql = "CREATE TABLE a (id int); CREATE INDEX CONCURRENTLY i ON a (id)";
    let back = "CREATE TABLE log AS SELECT 1 AS n; DROP INDEX CONCURRENTLY i; DROP TABLE a; DROP TABLE nosuchtable";
    let list = migrations(&[("1_a", up_sql, back)]);
    up(&mut client, &list).await;
    down(&mut client, &list, Back::All).await.unwrap_err();
    let half = format!("{HISTORY} WHERE down_done = 2 AND cardinality(down_steps) = 3");
    assert_eq!(count(&client, &half).await, 1);
    // Meanwhile nothing is applied.
    let outcome = migration::apply(&mut client, &list, &options(), &mut |_| {}).await;
    let error = outcome.unwrap_err();
    assert!(error.to_string().contains("being taken back"), "{error}");
    client
        .batch_execute("CREATE TABLE nosuchtable ()")
        .await
        .unwrap();
    assert_eq!(down(&mut client, &list, Back::All).await.unwrap(), ["1_a"]);
    assert_eq!(count(&client, HISTORY).await, 0);
    assert_eq!(count(&client, "SELECT count(*) FROM log").await, 1);
}

#[test]
fn redo_takes_the_newest_back_and_applies_it() {
    let database = database();
    let fixture = Fixture::with_url(&database.url())
        .migration("1_a", "CREATE TABLE a ();")
        .migration("2_b", "CREATE TABLE b (id int); INSERT INTO b VALUES (1);")
        .file("migrations/2_b/down.sql", "ALTER TABLE b RENAME TO former;");
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    let name = database.name();
    fixture
        .run(&["redo"])
        .prints(&format!("applied 1 migration to database `{name}`: 2_b\n"));
    fixture
        .run(&["migrate"])
        .prints(&format!("nothing to do: database `{name}` is at 2_b\n"));
    fixture.run(&["down"]).fails(1, down_failure());
}

/// What was renamed by the first way back stands in the way of the second.
fn down_failure() -> &'static str {
    r#"
1 migration to take back
error: migration `2_b` failed at statement 1 of 1
 where: migrations/2_b/down.sql, line 1
            1 | ALTER TABLE b RENAME TO former
 cause: relation "former" already exists (SQLSTATE 42P07)
  help: the migration was rolled back and nothing of it is left; correct it and run `migrate` again
"#
}

#[test]
fn a_database_that_has_its_tables_is_taken_over() {
    let database = database();
    let fixture = Fixture::with_url(&database.url())
        .migration("0001_a", "CREATE TABLE a ();")
        .migration("0002_b", "CREATE TABLE b ();")
        .migration("0003_c", "CREATE TABLE c ();");
    let name = database.name();
    fixture.run(&["baseline", "--to", "2"]).prints(&format!(
        "recorded 2 migrations to database `{name}`: 0001_a to 0002_b\n"
    ));
    fixture.run(&["migrate"]).prints(&format!(
        "applied 1 migration to database `{name}`: 0003_c\n"
    ));
    let status = fixture.run(&["status"]).stdout;
    assert_eq!(status.matches("  baseline\n").count(), 2, "{status}");
    let outcome = fixture.run(&["baseline"]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome
            .stderr
            .contains("has a history already, up to `0003_c`"),
        "{outcome:?}"
    );
}

#[test]
fn repair_explains_what_is_wrong_and_does_what_is_decided() {
    let database = database();
    let fixture = Fixture::with_url(&database.url())
        .migration("0001_a", "SELECT 1;")
        .migration("0002_b", "SELECT 2;\nVACUUM;\nSELECT 1/0;");
    fixture.run(&["repair"]).prints(&format!(
        "nothing to repair in database `{}`\n",
        database.name()
    ));
    assert_eq!(fixture.run(&["migrate"]).code, Some(1));
    let fixture = fixture.migration("0001_a", "SELECT 10;");
    let outcome = fixture.run(&["repair"]);
    assert_eq!(outcome.code, Some(3), "{outcome:?}");
    for text in [
        "`0001_a` was edited after it was applied",
        "repair 0001 --as applied",
        "`0002_b` failed or was interrupted: 2 of 3 parts are done",
        "repair 0002 --as resume",
    ] {
        assert!(outcome.stdout.contains(text), "{text}: {outcome:?}");
    }
    fixture
        .run(&["repair", "0001", "--as", "applied"])
        .prints("0001_a is recorded as applied\n");
    let fixture = fixture.migration("0002_b", "SELECT 2;\nVACUUM;\nSELECT 1/1;");
    fixture
        .run(&["repair", "0002", "--as", "resume"])
        .prints("0002_b is to be gone on with\n");
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    fixture
        .run(&["repair", "0002", "--as", "pending"])
        .prints("0002_b is pending\n");
    let outcome = fixture.run(&["repair", "7", "--as", "applied"]);
    assert!(
        outcome
            .stderr
            .starts_with("error: cannot repair version `7`: it is not among the migrations\n"),
        "{outcome:?}"
    );
    let status = fixture.run(&["status", "--format", "json"]).stdout;
    let value: serde_json::Value = serde_json::from_str(&status).unwrap();
    let states: Vec<_> = value["migrations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|migration| (migration["state"].as_str(), migration["kind"].as_str()))
        .collect();
    assert_eq!(
        states,
        [(Some("applied"), Some("repair")), (Some("pending"), None)]
    );
}

#[test]
fn an_interrupted_migration_shows_how_far_it_has_come() {
    let database = database();
    let fixture =
        Fixture::with_url(&database.url()).migration("1_a", "SELECT 2;\nVACUUM;\nSELECT 1/0;");
    let outcome = fixture.run(&["migrate"]);
    assert!(
        outcome
            .stderr
            .contains("help: parts 1 to 2 of 3 are done and stay, the rest was rolled back"),
        "{outcome:?}"
    );
    let outcome = fixture.run(&["status"]);
    assert!(outcome.stdout.contains("interrupted"), "{outcome:?}");
    assert!(outcome.stdout.contains("  2 of 3 parts\n"), "{outcome:?}");
    assert_eq!(outcome.code, Some(0));
}
