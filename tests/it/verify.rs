//! The guard that a service asks when it starts.

use schema_core::{Error, Id, SqlEnum, Table, View, ddl, schema, schema::Schema, statement};
use tests::client;
use tokio_postgres::Client;

#[derive(SqlEnum, Debug)]
#[sql_enum(name = "mood")]
enum Mood {
    Happy,
    Sad,
}

#[derive(Table, Debug)]
#[table(name = "authors")]
struct Author {
    #[column(primary_key)]
    id: Id<Author>,
    #[column(type = varchar(20))]
    name: String,
    mood: Option<Mood>,
    tags: Vec<String>,
    #[column(type = numeric(10, 2))]
    balance: Option<rust_decimal::Decimal>,
}

#[derive(Table, Debug)]
#[table(name = "entries", namespace = "audit")]
struct Entry {
    #[column(primary_key)]
    id: i64,
}

#[expect(dead_code, reason = "the view is there to be looked for")]
#[derive(View, Debug)]
#[view(name = "names", query = sql("SELECT {a.name} FROM {Author as a}"))]
struct Name {
    name: String,
}

schema! {
    static BLOG = [Author, Entry, Name];
}

/// A database with the schema, and what was done to it afterwards.
async fn shortfalls(changes: &str) -> Vec<String> {
    let (_database, client) = client().await;
    let schema = Schema::from_def(&BLOG).unwrap();
    client.batch_execute(&ddl::script(&schema)).await.unwrap();
    client.batch_execute(changes).await.unwrap();
    verified(&client).await
}

async fn verified(client: &Client) -> Vec<String> {
    match statement::verify(client, &BLOG).await {
        Ok(()) => Vec::new(),
        Err(Error::Live(error)) => error.shortfalls().iter().map(ToString::to_string).collect(),
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_database_with_the_schema_or_more_is_fine() {
    assert!(shortfalls("").await.is_empty());
    let ahead =
        "ALTER TABLE authors ADD nick text, ALTER balance TYPE numeric(12, 4), ALTER mood SET NOT NULL;
        ALTER TYPE mood ADD VALUE 'Calm'; CREATE TABLE others ()";
    assert!(shortfalls(ahead).await.is_empty());
}

#[tokio::test]
async fn everything_that_is_missing_is_told_at_once_in_the_schemas_order() {
    let behind = "DROP VIEW names; ALTER TABLE authors DROP mood, ALTER name TYPE text, ALTER tags DROP NOT NULL;
        DROP TYPE mood; CREATE TYPE mood AS ENUM ('sad'); DROP SCHEMA audit CASCADE";
    assert_eq!(
        shortfalls(behind).await,
        [
            "column `authors.name` is text, but should be varchar(20)",
            "column `authors.mood` is not there",
            "column `authors.tags` may be NULL, but its field is no Option",
            "table or view `audit.entries` is not there",
            "table or view `names` is not there",
            "type `mood` lacks the label 'happy'",
        ]
    );
}

#[tokio::test]
async fn an_empty_database_lacks_each_table_and_type_once() {
    let (_database, client) = client().await;
    assert_eq!(
        verified(&client).await,
        [
            "table or view `authors` is not there",
            "table or view `audit.entries` is not there",
            "table or view `names` is not there",
            "type `mood` is not there",
        ]
    );
}
