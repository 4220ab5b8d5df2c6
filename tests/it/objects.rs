//! What `schema!` takes beside tables is made in an order that works, and the catalogs then hold what was declared.

mod collations;
mod extensions;
mod identity;
mod sequences;
mod texts;

use schema_core::{def::SchemaDef, schema::Schema};
use tests::client;
use tokio_postgres::Client;

use crate::ddl::assert_created;

/// Creates a schema in a database of its own, holds the catalogs against it, and hands on both.
async fn created(def: &SchemaDef) -> (tests::TestDatabase, Client) {
    let (database, client) = client().await;
    let schema = Schema::from_def(def).expect("the schema is right");
    assert_created(&client, schema, def.name).await;
    (database, client)
}
