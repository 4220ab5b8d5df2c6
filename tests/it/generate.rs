//! `generate` and `rebase`: the files they write, and what a database is like after each of them.

mod branches;
mod online;
mod prompt;
mod walks;

use std::fs;

use schema_kit::{diff::Diff, introspect, snapshot};
use tests::{database, evolving};

use crate::fixture::Fixture;

/// A project over the schema told in a line.
fn project(schema: &str) -> Fixture {
    Fixture::new().env("FIXTURE_SCHEMA", schema)
}

/// The project as it goes on with another schema.
fn becomes(project: Fixture, schema: &str) -> Fixture {
    project.env("FIXTURE_SCHEMA", schema)
}

/// The name without its version.
fn what(name: &str) -> &str {
    name.split_once('_').unwrap().1
}

/// Runs all migrations on a database of their own; what is there then is what the line tells.
async fn assert_reaches(project: &Fixture, schema: &str) {
    let database = database();
    let url = database.url();
    project.run(&["migrate", "--database-url", &url]).succeeds();
    let mut client = database.connect().await.unwrap();
    let filter = introspect::Filter::default();
    let live = introspect::read(&mut client, &filter).await.unwrap().schema;
    let expected = schema_core::schema::Schema::from_def(evolving::schema(schema)).unwrap();
    let diff = Diff::between(&live, &expected);
    assert!(diff.is_empty(), "{diff:#?}");
}

#[tokio::test]
async fn each_change_of_the_schema_becomes_a_migration_and_together_they_reach_it() {
    let versions = [
        ("users: id, name", "create_users"),
        ("users: id, name, nick?", "add_nick_to_users"),
        ("users: id, name?, nick?", "change_name_in_users"),
        ("users: id, name?, nick?; posts: id, text", "create_posts"),
    ];
    let mut fixture = Fixture::new();
    for (schema, name) in versions {
        fixture = becomes(fixture, schema);
        assert_eq!(what(&fixture.generates(&[])), name);
        fixture
            .run(&["generate"])
            .prints("nothing to do: the newest migration has the schema as it is compiled\n");
    }
    assert_reaches(&fixture, versions[3].0).await;
}

#[test]
fn the_first_migration_is_what_ddl_prints_and_its_snapshot_is_the_schema() {
    let fixture = project("users: id, name");
    let name = fixture.generates(&[]);
    assert_eq!(fixture.read(&name, "up.sql"), fixture.run(&["ddl"]).stdout);
    let kept = snapshot::Snapshot::parse(&fixture.read(&name, "snapshot.json")).unwrap();
    assert_eq!(kept.parent, None);
    let schema = evolving::schema("users: id, name");
    assert_eq!(
        kept.schema,
        schema_core::schema::Schema::from_def(schema).unwrap()
    );
}

#[test]
fn what_may_be_a_rename_is_an_error_with_the_flags_where_nobody_can_be_asked() {
    let fixture = project("users: id, nick");
    let first = fixture.generates(&[]);
    let fixture = becomes(fixture, "users: id, display_name");
    fixture.run(&["generate"]).fails(
        1,
        "error: `users.nick` is gone and `users.display_name` is new: renamed, or dropped and created?
  help: add `--rename users.nick=display_name` where it was renamed, `--drop users.nick` where not",
    );
    assert_eq!(fixture.migration_names(), [first]);
}

#[tokio::test]
async fn a_rename_by_flag_keeps_the_column() {
    let fixture = project("users: id, nick");
    fixture.generates(&[]);
    let next = "users: id, display_name";
    let fixture = becomes(fixture, next);
    let name = fixture.generates(&["--rename", "users.nick=display_name"]);
    assert_eq!(what(&name), "rename_nick_to_display_name_in_users");
    let up = fixture.read(&name, "up.sql");
    assert!(up.contains("RENAME COLUMN nick TO display_name"), "{up}");
    let down = fixture.read(&name, "down.sql");
    assert!(
        down.contains("RENAME COLUMN display_name TO nick"),
        "{down}"
    );
    assert_reaches(&fixture, next).await;
}

#[test]
fn renamed_from_in_the_source_is_followed_and_pointed_out_when_it_is_done_with() {
    let fixture = project("user: id, nick");
    fixture.generates(&[]);
    let fixture = becomes(fixture, "users<user: id, display_name<nick");
    let name = fixture.generates(&[]);
    let up = fixture.read(&name, "up.sql");
    assert!(
        !up.contains("DROP") && up.contains("RENAME TO users"),
        "{up}"
    );
    let fixture = becomes(fixture, "users<user: id, display_name<nick, note?");
    let outcome = fixture.run(&["generate"]);
    let notes = "note: `renamed_from` of `users` is done with: take it out of the source
note: `renamed_from` of `users.display_name` is done with: take it out of the source";
    assert_eq!(outcome.succeeds().stderr.trim_end(), notes);
}

#[test]
fn what_deletes_data_is_written_when_that_is_allowed_alone() {
    let fixture = project("users: id, name; posts: id, text");
    fixture.generates(&[]);
    let fixture = becomes(fixture, "users: id, name");
    fixture.run(&["generate"]).fails(
        1,
        "error: the migration deletes data: all rows of table `posts` go
  help: add `--allow deletes-data` where that is meant",
    );
    let name = fixture.generates(&["--allow", "deletes-data"]);
    assert_eq!(what(&name), "drop_posts");
    let up = fixture.read(&name, "up.sql");
    assert!(
        up.contains("-- hazard: deletes-data: all rows of table `posts` go\n"),
        "{up}"
    );
    let down = fixture.read(&name, "down.sql");
    assert!(
        down.starts_with("-- not undone: all rows of table `posts` go\n"),
        "{down}"
    );
    assert!(down.contains("CREATE TABLE posts"), "{down}");
}

#[test]
fn what_is_said_to_be_dropped_and_is_not_is_a_bad_argument() {
    let fixture = project("users: id, name");
    fixture.generates(&[]);
    let fixture = becomes(fixture, "users: id, name, nick?");
    fixture.run(&["generate", "--drop", "users.name"]).fails(
        2,
        "error: `users.name` is not dropped
  help: name a table, or a column as `table.column`, that only the previous schema has",
    );
}

#[test]
fn a_dry_run_prints_the_statements_and_writes_nothing() {
    let fixture = project("users: id");
    let outcome = fixture.run(&["generate", "--dry-run"]);
    let text = &outcome.succeeds().stdout;
    assert!(
        text.contains("create_users/up.sql\nCREATE TABLE users"),
        "{text}"
    );
    assert!(!fixture.path().join("migrations").exists());
}

#[tokio::test]
async fn a_custom_migration_is_empty_and_leaves_the_schema() {
    let fixture = project("users: id, name");
    fixture.generates(&[]);
    let name = fixture.generates(&["--custom", "--name", "fill names"]);
    assert_eq!(what(&name), "fill_names");
    assert!(fixture.read(&name, "up.sql").starts_with("-- "));
    let next = "users: id, name, nick?";
    let fixture = becomes(fixture, next);
    fixture.generates(&[]);
    assert_reaches(&fixture, next).await;
}

#[test]
fn versions_rise_even_where_the_clock_is_behind() {
    let fixture = project("users: id");
    fixture.generates(&["--name", "one"]);
    let of_the_future = "30001231235959_two";
    let newest = fixture.migration_names().remove(0);
    let directory = fixture.path().join("migrations");
    fs::rename(directory.join(newest), directory.join(of_the_future)).unwrap();
    let fixture = becomes(fixture, "users: id, name?");
    assert_eq!(
        fixture.generates(&["--name", "three"]),
        "30001231235960_three"
    );
}

#[test]
fn a_broken_snapshot_is_named_and_nothing_is_written() {
    let fixture = project("users: id");
    let name = fixture.generates(&[]);
    let path = format!("migrations/{name}/snapshot.json");
    let fixture = becomes(fixture.file(&path, "<<<<<<< ours"), "users: id, name?");
    let outcome = fixture.run(&["generate"]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome
            .stderr
            .contains(&format!("error: `{path}` is no snapshot\n")),
        "{outcome:?}"
    );
    assert!(
        outcome.stderr.contains("resolve the merge conflict"),
        "{outcome:?}"
    );
    assert_eq!(fixture.migration_names(), [name]);
}
