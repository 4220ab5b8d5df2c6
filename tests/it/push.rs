//! `push`, `seed` and `reset`: a development database without migrations.

use tests::{TestDatabase, database};
use tokio_postgres::Client;

use crate::fixture::{Fixture, Outcome};

struct Project {
    fixture: Fixture,
    database: TestDatabase,
    client: Client,
}

impl Project {
    async fn new(schema: &str) -> Self {
        let database = database();
        let client = database.connect().await.unwrap();
        let fixture = Fixture::with_url(&database.url()).env("FIXTURE_SCHEMA", schema);
        Self {
            fixture,
            database,
            client,
        }
    }

    fn becomes(mut self, schema: &str) -> Self {
        self.fixture = self.fixture.env("FIXTURE_SCHEMA", schema);
        self
    }

    fn push(&self, arguments: &[&str]) -> Outcome {
        self.fixture.run(&[&["push"], arguments].concat())
    }

    async fn sql(&self, sql: &str) {
        self.client.batch_execute(sql).await.unwrap();
    }

    /// The tables with their columns.
    async fn columns(&self) -> String {
        let sql = "SELECT coalesce(string_agg(t, '; '), '') FROM (SELECT table_name || ': ' ||
                string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns
            WHERE table_schema = 'public' GROUP BY table_name ORDER BY table_name) AS tables (t)";
        self.client.query_one(sql, &[]).await.unwrap().get(0)
    }

    async fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        self.client.query_one(&sql, &[]).await.unwrap().get(0)
    }
}

#[tokio::test]
async fn a_push_makes_the_schema_and_a_second_one_has_nothing_to_do() {
    let project = Project::new("users: id, name").await;
    assert_eq!(project.push(&[]).code, Some(0));
    project
        .push(&[])
        .prints("nothing to do: the database has the schema as it is compiled\n");
    let project = project.becomes("users: id, name, nick?; posts: id");
    assert_eq!(project.push(&[]).code, Some(0));
    assert_eq!(project.columns().await, "posts: id; users: id, name, nick");
}

#[tokio::test]
async fn what_others_made_is_left_alone_and_what_it_made_itself_goes() {
    let project = Project::new("users: id; posts: id").await;
    project
        .sql("CREATE TABLE theirs (id int); CREATE TYPE mood AS ENUM ('sad')")
        .await;
    let outcome = project.push(&[]);
    for name in ["table theirs", "type mood"] {
        assert!(
            outcome
                .stderr
                .contains(&format!("note: left alone: {name}\n")),
            "{outcome:?}"
        );
    }
    let project = project.becomes("users: id");
    assert_eq!(project.push(&[]).code, Some(0));
    assert_eq!(project.columns().await, "theirs: id; users: id");
}

#[tokio::test]
async fn rows_that_would_go_are_counted_and_kept_until_that_is_allowed() {
    let project = Project::new("users: id, name; posts: id").await;
    project.push(&[]);
    project
        .sql("INSERT INTO users VALUES (1, 'ada'), (2, 'grace'); INSERT INTO posts VALUES (1)")
        .await;
    let project = project.becomes("users: id");
    let outcome = project.push(&[]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let expected =
        "error: the push deletes data: 1 row of table `posts`; 2 values of column `users.name`
  help: add `--allow deletes-data` where that is meant, or `--rename OLD=NEW`";
    assert!(outcome.stderr.trim_end().ends_with(expected), "{outcome:?}");
    assert_eq!(project.columns().await, "posts: id; users: id, name");
    assert_eq!(project.push(&["--allow", "deletes-data"]).code, Some(0));
    assert_eq!(project.columns().await, "users: id");
    assert_eq!(project.count("users").await, 2);
}

#[tokio::test]
async fn a_column_that_is_renamed_keeps_its_values() {
    let project = Project::new("users: id, nick").await;
    project.push(&[]);
    project.sql("INSERT INTO users VALUES (1, 'ada')").await;
    let project = project.becomes("users: id, display_name");
    let outcome = project.push(&[]);
    assert_eq!(outcome.code, Some(1));
    let note = "say so and no data is lost: --rename users.nick=display_name";
    assert!(outcome.stderr.contains(note), "{outcome:?}");
    let outcome = project.push(&["--rename", "users.nick=display_name"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let row = project
        .client
        .query_one("SELECT display_name FROM users", &[])
        .await;
    assert_eq!(row.unwrap().get::<_, &str>(0), "ada");
}

#[tokio::test]
async fn nothing_is_changed_where_a_statement_is_refused() {
    let project = Project::new("users: id, name?").await;
    project.push(&[]);
    project.sql("INSERT INTO users VALUES (1, NULL)").await;
    let project = project.becomes("posts: id; users: id, name, nick?");
    let outcome = project.push(&[]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    for part in [
        "was refused",
        "contains null values",
        "help: nothing was changed",
    ] {
        assert!(outcome.stderr.contains(part), "{part}: {outcome:?}");
    }
    assert_eq!(project.columns().await, "users: id, name");
}

#[tokio::test]
async fn a_dry_run_prints_the_statements_and_changes_nothing() {
    let project = Project::new("users: id").await;
    let outcome = project.push(&["--dry-run"]);
    assert_eq!(outcome.code, Some(0));
    assert!(outcome.stdout.contains("CREATE TABLE users"), "{outcome:?}");
    assert_eq!(project.columns().await, "");
}

#[tokio::test]
async fn a_name_of_sixty_three_bytes_is_not_made_again() {
    let column = "c".repeat(63);
    let project = Project::new(&format!("{}: id, {column}", "t".repeat(63))).await;
    assert_eq!(project.push(&[]).code, Some(0));
    project
        .push(&[])
        .prints("nothing to do: the database has the schema as it is compiled\n");
}

#[tokio::test]
async fn seeds_run_in_order_or_by_name() {
    let project = Project::new("users: id, name").await;
    project.push(&[]);
    project
        .fixture
        .run(&["seed"])
        .prints("ada: done\ngrace: done\n");
    project.fixture.run(&["seed", "ada"]).prints("ada: done\n");
    assert_eq!(project.count("users WHERE name = 'ada'").await, 2);
    let outcome = project.fixture.run(&["seed", "nobody"]);
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome
            .stderr
            .contains("there is no seed `nobody`; there are: ada, grace"),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_reset_makes_the_database_anew_with_migrations_and_seeds() {
    let project = Project::new("users: id, name").await;
    project.fixture.generates(&[]);
    project.sql("CREATE TABLE old (id int)").await;
    let outcome = project.fixture.run(&["reset"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let client = project.database.connect().await.unwrap();
    let project = Project { client, ..project };
    assert_eq!(project.columns().await, "users: id, name");
    assert_eq!(project.count("users").await, 2);
}

#[test]
fn a_reset_of_a_database_on_another_machine_needs_its_name() {
    let url = "postgres://app@db.invalid/chat";
    let fixture = Fixture::with_url(url).env("FIXTURE_SCHEMA", "users: id");
    let expected = "error: the database `chat` on db.invalid:5432 is not on this machine
  help: add `--yes-really chat` where all its data may go";
    fixture.run(&["reset"]).fails(1, expected);
    fixture
        .run(&["reset", "--yes-really", "other"])
        .fails(1, expected);
}
