//! `check`: what it finds without a database, and the drift of one.

use tests::database;

use crate::fixture::Fixture;

const CLEAN: &str = "the migrations are one chain and make the schema\n";

/// A project with its first migration.
fn project(schema: &str) -> (Fixture, String) {
    let fixture = Fixture::new().env("FIXTURE_SCHEMA", schema);
    let id = fixture.generates(&[]);
    (fixture, id)
}

#[track_caller]
fn finds(fixture: &Fixture, arguments: &[&str], expected: &str) {
    let outcome = fixture.run(&[&["check"], arguments].concat());
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (Some(3), expected),
        "{outcome:?}"
    );
}

#[test]
fn nothing_is_found_where_the_migrations_make_the_schema() {
    let (fixture, _) = project("users: id, name");
    fixture.run(&["check"]).prints(CLEAN);
}

#[test]
fn a_schema_that_changed_without_a_migration_is_told_in_words() {
    let (fixture, _) = project("users: id, name");
    let fixture = fixture.env("FIXTURE_SCHEMA", "users: id, nick<name, note?; posts: id");
    let outcome = fixture.run(&["check"]);
    assert_eq!(outcome.code, Some(3));
    let text = &outcome.stdout;
    assert!(
        text.starts_with("problem: the schema has changed, and no migration says so\n"),
        "{text}"
    );
    for word in ["nick", "note", "posts", "help: run `generate`"] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn an_edited_migration_is_told_and_taken_as_it_is_when_that_is_asked_for() {
    let (fixture, id) = project("users: id");
    let path = format!("migrations/{id}/up.sql");
    let text = fixture.read(&id, "up.sql");
    // Another checkout's line endings are no edit.
    let fixture = fixture.file(&path, text.replace('\n', "\r\n"));
    fixture.run(&["check"]).prints(CLEAN);
    let fixture = fixture.file(&path, text + "-- another line\n");
    let expected = format!(
        "problem: the `up.sql` of `{id}` is not what it was when its snapshot was written\n   help: undo the edit where \
         the migration is applied anywhere; otherwise run `check --accept-edits {id}`\n"
    );
    finds(&fixture, &[], &expected);
    let outcome = fixture.run(&["check", "--accept-edits", &id]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    fixture.run(&["check"]).prints(CLEAN);
}

#[test]
fn a_migration_without_a_snapshot_among_others_is_told() {
    let (fixture, _) = project("users: id");
    let fixture = fixture.migration("30000101000000_by_hand", "SELECT 1;");
    let expected = "problem: `30000101000000_by_hand` has no snapshot, but migrations before it do\n   help: run `check \
                    --accept-edits 30000101000000_by_hand` where it leaves the schema as it was\n";
    finds(&fixture, &[], expected);
    fixture.run(&["check", "--accept-edits", "30000101000000_by_hand"]);
    fixture.run(&["check"]).prints(CLEAN);
}

#[test]
fn migrations_written_by_hand_get_a_snapshot_so_that_the_next_one_can_be_generated() {
    let fixture = Fixture::new().env("FIXTURE_SCHEMA", "users: id");
    let fixture = fixture.migration("0001_init", "CREATE TABLE users (id bigint PRIMARY KEY);");
    let outcome = fixture.run(&["generate"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome.stderr.contains("check --accept-edits 0001_init"),
        "{outcome:?}"
    );
    fixture.run(&["check", "--accept-edits", "0001_init"]);
    fixture.run(&["check"]).prints(CLEAN);
}

#[tokio::test]
async fn a_database_that_somebody_changed_is_told_in_words_and_as_sql() {
    let (fixture, id) = project("users: id, name");
    let database = database();
    let url = database.url();
    let arguments = ["check", "--database-url", &url];
    fixture.run(&["migrate", "--database-url", &url]);
    fixture
        .run(&arguments)
        .prints(&format!("{CLEAN}the database is as `{id}` leaves it\n"));
    let client = database.connect().await.unwrap();
    client
        .batch_execute("ALTER TABLE users ADD by_hand int; CREATE TABLE other (id int)")
        .await
        .unwrap();
    let outcome = fixture.run(&arguments);
    assert_eq!(outcome.code, Some(3), "{outcome:?}");
    let text = &outcome.stdout;
    for part in [
        "problem: the database is not as",
        "by_hand",
        "DROP COLUMN by_hand",
        "DROP TABLE other",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
