//! `squash`: many migrations become one, and databases of every age come along.

use std::fs;

use schema_kit::snapshot::Snapshot;
use tests::database;

use crate::fixture::Fixture;

fn old(fixture: Fixture) -> Fixture {
    fixture
        .migration("1_a", "SET search_path = public;\nCREATE TABLE a (id int)")
        .file("migrations/1_a/down.sql", "DROP TABLE a;\n")
        .migration("2_b", "CREATE TYPE m AS ENUM ('x'); -- a type\n")
        .file("migrations/2_b/down.sql", "DROP TYPE m;\n")
        .migration(
            "3_c",
            "ALTER TYPE m ADD VALUE 'y';\nCREATE TABLE c (m m DEFAULT 'y');\n",
        )
        .file("migrations/3_c/down.sql", "DROP TABLE c;\n")
        .migration("4_d", "CREATE TABLE d ();\n")
}

#[test]
fn a_database_with_all_or_nothing_of_it_comes_along() {
    let (aged, fresh) = (database(), database());
    let fixture = old(Fixture::with_url(&aged.url()));
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    fixture
        .run(&["squash", "--to", "3", "--name", "base"])
        .prints("made migrations/3_base of 3 migrations\n");
    let mut names: Vec<_> = fs::read_dir(fixture.path().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["3_base", "4_d"]);
    let name = aged.name();
    fixture.run(&["migrate"]).prints(&format!(
        "recorded 1 migration to database `{name}`: 3_base\n"
    ));
    fixture
        .run(&["migrate"])
        .prints(&format!("nothing to do: database `{name}` is at 4_d\n"));
    let name = fresh.name();
    let url = fresh.url();
    fixture
        .run(&["--database-url", &url, "migrate"])
        .prints(&format!(
            "applied 2 migrations to database `{name}`: 3_base to 4_d\n"
        ));
    fixture
        .run(&["--database-url", &url, "repair", "4", "--as", "pending"])
        .prints("4_d is pending\n");
    fixture
        .run(&["--database-url", &url, "down"])
        .prints(&format!(
            "took back 1 migration of database `{name}`: 3_base\n"
        ));
}

#[test]
fn a_database_with_some_of_it_is_told_what_to_do() {
    let database = database();
    let fixture = old(Fixture::with_url(&database.url()));
    assert_eq!(fixture.run(&["migrate", "--to", "2"]).code, Some(0));
    assert_eq!(fixture.run(&["squash", "--to", "3"]).code, Some(0));
    let outcome = fixture.run(&["migrate"]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome
            .stderr
            .contains("`3_base` replaces migrations of which the database lacks `3_c`"),
        "{outcome:?}"
    );
    assert!(
        outcome.stderr.contains("files from before the squash"),
        "{outcome:?}"
    );
    let outcome = fixture.run(&["status"]);
    assert!(outcome.stdout.contains("partly-squashed"), "{outcome:?}");
    assert_eq!(outcome.code, Some(3));
}

#[test]
fn what_was_squashed_is_squashed_again() {
    let database = database();
    let fixture = old(Fixture::with_url(&database.url()));
    assert_eq!(fixture.run(&["squash", "--to", "2"]).code, Some(0));
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    assert_eq!(fixture.run(&["squash", "--to", "3"]).code, Some(0));
    assert_eq!(fixture.run(&["migrate"]).code, Some(0));
    assert_eq!(fixture.run(&["status"]).code, Some(0));
    let up = fs::read_to_string(fixture.path().join("migrations/3_base/up.sql")).unwrap();
    assert_eq!(up.matches("-- replaces: ").count(), 2, "{up}");
}

#[test]
fn snapshots_follow_the_squashed_migration() {
    let snapshot = |parent: Option<&str>| {
        let snapshot = Snapshot {
            parent: parent.map(str::to_owned),
            ..Snapshot::default()
        };
        snapshot.render()
    };
    let fixture = old(Fixture::new())
        .file("migrations/1_a/snapshot.json", snapshot(None))
        .file("migrations/3_c/snapshot.json", snapshot(Some("2_b")))
        .file("migrations/4_d/snapshot.json", snapshot(Some("3_c")));
    assert_eq!(fixture.run(&["squash", "--to", "3"]).code, Some(0));
    let parent = |id: &str| {
        let path = fixture
            .path()
            .join(format!("migrations/{id}/snapshot.json"));
        Snapshot::parse(&fs::read_to_string(path).unwrap())
            .unwrap()
            .parent
    };
    assert_eq!(parent("3_base"), None);
    assert_eq!(parent("4_d").as_deref(), Some("3_base"));
}
