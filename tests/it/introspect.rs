//! A database read into the model, and made again from it.

mod everything;
mod objects;
mod random;
mod spelling;
mod unknown;

use pretty::assert_same;
use schema_core::{ddl, schema::Schema};
use schema_kit::{
    introspect::{self, Filter, Introspection},
    snapshot,
    testing::Template,
};
use tests::{TestDatabase, client, database_from, dump::dump};
use tokio_postgres::Client;

mod pretty {
    //! Shows the first line in which two texts differ, with those around it.

    /// Compares two texts line by line.
    pub(super) fn assert_same(one: &str, other: &str, context: &str) {
        if one == other {
            return;
        }
        let (one, other): (Vec<_>, Vec<_>) = (one.lines().collect(), other.lines().collect());
        let at = one
            .iter()
            .zip(&other)
            .position(|(one, other)| one != other)
            .unwrap_or(one.len().min(other.len()));
        let around = |lines: &[&str]| {
            let end = (at + 4).min(lines.len());
            lines[at.saturating_sub(6).min(end)..end].join("\n")
        };
        panic!(
            "{context}, line {at}:\n{}\n--- other\n{}",
            around(&one),
            around(&other)
        );
    }
}

/// What a database holds.
async fn read(client: &mut Client) -> Introspection {
    introspect::read(client, &Filter::default()).await.unwrap()
}

/// A database that holds what the SQL makes.
async fn made(sql: &str) -> (TestDatabase, Client) {
    let database = database_from(&Template::new(sql));
    let client = database.connect().await.unwrap();
    (database, client)
}

/// Sends a schema to a database of its own.
async fn send(schema: &Schema, context: &str) -> (TestDatabase, Client) {
    let (database, client) = client().await;
    for statement in ddl::create(schema) {
        let sent = client.batch_execute(&statement).await;
        sent.unwrap_or_else(|error| panic!("{context}: {error:?}\n{statement}"));
    }
    (database, client)
}

/// Reads a database, makes it again from what was read, and holds the two against each other.
async fn assert_survives(database: &TestDatabase, client: &mut Client, context: &str) -> Schema {
    let found = read(client).await;
    assert_eq!(found.unknown, [], "{context}");
    let text = snapshot::render(&found.schema);
    assert_eq!(snapshot::parse(&text).unwrap(), found.schema, "{context}");
    let (copy, mut copied) = send(&found.schema, context).await;
    let again = read(&mut copied).await;
    assert_same(
        &format!("{:#?}", again.schema),
        &format!("{:#?}", found.schema),
        context,
    );
    let dumps = (dump(database, client).await, dump(&copy, &copied).await);
    assert_same(&dumps.1, &dumps.0, context);
    found.schema
}
