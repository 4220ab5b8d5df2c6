//! Migrations of branches that were merged.

use std::fs;

use super::{Fixture, assert_reaches, becomes, project, what};

/// A project whose two branches, each from `base`, were merged: one made `first`, the other one `second`.
fn merged(base: &str, first: &str, second: &str) -> (Fixture, [String; 3]) {
    let fixture = project(base);
    let start = fixture.generates(&[]);
    let fixture = becomes(fixture, first);
    let one = fixture.generates(&[]);
    // The other branch does not have it.
    let migrations = fixture.path().join("migrations");
    let aside = fixture.path().join("aside");
    fs::rename(migrations.join(&one), &aside).unwrap();
    let fixture = becomes(fixture, second);
    let other = fixture.generates(&[]);
    // A branch that is made later has a higher version, also where both are made within a second.
    let (version, _) = one.split_once('_').unwrap();
    let later: u64 = version.parse::<u64>().unwrap() + 1;
    let renamed = format!("{later}_{}", what(&other));
    fs::rename(migrations.join(&other), migrations.join(&renamed)).unwrap();
    fs::rename(&aside, migrations.join(&one)).unwrap();
    (fixture, [start, one, renamed])
}

#[tokio::test]
async fn migrations_of_two_branches_are_told_and_made_to_follow_each_other() {
    let (fixture, [start, one, other]) = merged(
        "users: id",
        "users: id, name?",
        "users: id, nick?; posts: id",
    );
    let both = "users: id, name?, nick?; posts: id";
    let fixture = becomes(fixture, both);
    let message = format!("`{one}` and `{other}` both follow `{start}`");
    let outcome = fixture.run(&["generate"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains(&message), "{outcome:?}");
    assert!(outcome.stderr.contains("run `rebase`"), "{outcome:?}");

    let outcome = fixture.run(&["rebase"]);
    assert!(outcome.succeeds().stdout.starts_with(&other), "{outcome:?}");
    fixture
        .run(&["rebase"])
        .prints("nothing to do: each migration follows the one before it\n");
    fixture
        .run(&["generate"])
        .prints("nothing to do: the newest migration has the schema as it is compiled\n");
    assert_reaches(&fixture, both).await;
}

#[tokio::test]
async fn the_one_that_is_named_moves_behind_all_others() {
    let (fixture, [_, one, other]) = merged("users: id", "users: id, name?", "users: id, nick?");
    let both = "users: id, name?, nick?";
    let fixture = becomes(fixture, both);
    fixture.run(&["rebase", &one]).succeeds();
    let names = fixture.migration_names();
    assert_eq!(names[1], other);
    assert_eq!(what(&names[2]), what(&one));
    assert_reaches(&fixture, both).await;
}

#[test]
fn statements_that_somebody_wrote_stay_as_they_are() {
    let (fixture, [_, _, other]) = merged("users: id", "users: id, name?", "users: id, nick?");
    let path = format!("migrations/{other}/up.sql");
    let own = "ALTER TABLE users ADD COLUMN nick text; -- by hand\n";
    let fixture = becomes(fixture.file(&path, own), "users: id, name?, nick?");
    let outcome = fixture.run(&["rebase"]);
    assert!(
        outcome
            .succeeds()
            .stdout
            .contains("its statements stay as they are"),
        "{outcome:?}"
    );
    assert_eq!(fixture.read(&other, "up.sql"), own);
    fixture
        .run(&["generate"])
        .prints("nothing to do: the newest migration has the schema as it is compiled\n");
}

#[test]
fn one_fact_that_both_branches_change_is_a_conflict_and_nothing_is_written() {
    let (fixture, [_, one, other]) = merged(
        "users: id, name",
        "users: id, name, nick?",
        "users: id, name, nick",
    );
    let before = fixture.read(&other, "snapshot.json");
    fixture.run(&["rebase"]).fails(
        1,
        &format!(
            "error: `{one}` and `{other}` both change `tables.public.users.columns.nick`
  help: undo one of the two changes, or delete the second migration and run `generate` again"
        ),
    );
    assert_eq!(fixture.read(&other, "snapshot.json"), before);
}
