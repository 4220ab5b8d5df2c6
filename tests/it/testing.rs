//! Databases of tests: what each is a copy of.

use app_schema::{CHAT, MIGRATIONS};
use schema_kit::{
    ServerError,
    migration::MigrationSource,
    testing::{Template, TestDatabase},
};
use tests::{catalog, database_from, server};

/// One that adds a label and uses it, one that runs outside of a transaction, and one part by part.
const GROWN: MigrationSource = MigrationSource::Embedded(&[
    (
        "1_init",
        "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE users (id bigint, mood mood);",
        None,
    ),
    (
        "2_glad",
        "ALTER TYPE mood ADD VALUE 'glad'; INSERT INTO users VALUES (1, 'glad');
         CREATE INDEX CONCURRENTLY users_by_mood ON users (mood);",
        None,
    ),
    (
        "3_key",
        "BEGIN; ALTER TABLE users ADD CHECK (id > 0) NOT VALID; COMMIT;
         BEGIN; ALTER TABLE users VALIDATE CONSTRAINT users_id_check; COMMIT;",
        None,
    ),
]);

fn migrated(source: &MigrationSource) -> TestDatabase {
    database_from(&Template::migrated(source).unwrap())
}

async fn count(database: &TestDatabase, sql: &str) -> i64 {
    let client = database.connect().await.unwrap();
    client.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn each_test_has_a_migrated_database_of_its_own() {
    let (one, other) = (migrated(&GROWN), migrated(&GROWN));
    let client = one.connect().await.unwrap();
    client
        .batch_execute("INSERT INTO users VALUES (2, 'sad')")
        .await
        .unwrap();
    assert_eq!(count(&one, "SELECT count(*) FROM users").await, 2);
    assert_eq!(count(&other, "SELECT count(*) FROM users").await, 1);
    let applied = "SELECT count(*) FROM schema_kit.history WHERE finished_at IS NOT NULL";
    assert_eq!(count(&other, applied).await, 3);
    let valid =
        "SELECT count(*) FROM pg_index WHERE indexrelid = 'users_by_mood'::regclass AND indisvalid";
    assert_eq!(count(&other, valid).await, 1);
}

#[tokio::test]
async fn the_compiled_schema_is_what_its_migrations_make() {
    let of_schema = database_from(&Template::of_schema(&CHAT).unwrap());
    let seen = catalog::read(&of_schema.connect().await.unwrap()).await;
    let mut made = catalog::read(&migrated(&MIGRATIONS).connect().await.unwrap()).await;
    made.tables
        .retain(|table| table.name.namespace != "schema_kit");
    assert_eq!(seen.tables.len(), 13);
    assert_eq!(seen.tables, made.tables);
}

#[test]
fn a_template_of_migrations_is_another_when_one_of_them_is() {
    let template = |sql: &'static str| {
        let list = Box::leak(Box::new([("1_init", sql, None)]));
        Template::migrated(&MigrationSource::Embedded(list)).unwrap()
    };
    let one = template("CREATE TABLE a ();");
    assert_eq!(one.name(), template("CREATE TABLE a ();").name());
    assert_ne!(one.name(), template("CREATE TABLE b ();").name());
}

#[test]
fn a_migration_that_fails_is_told_and_leaves_no_template() {
    let broken = MigrationSource::Embedded(&[("1_init", "CREATE TABLE a (id nosuchtype);", None)]);
    let template = Template::migrated(&broken).unwrap();
    for _ in 0..2 {
        let error = server().database(&template).unwrap_err();
        let ServerError::Template(source) = &error else {
            panic!("{error:?}")
        };
        assert!(source.to_string().contains("1_init"), "{source}");
    }
}
