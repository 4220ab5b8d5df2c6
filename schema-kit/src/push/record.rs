//! What was pushed last, kept in the database: a snapshot in the kit's own namespace.

use schema_core::schema::Schema;
use tokio_postgres::Client;

use crate::{
    error::{Error, PushError},
    migration, snapshot,
};

/// The schema as it was pushed last; empty where nothing was.
pub(super) async fn read(client: &Client) -> Result<Schema, Error> {
    let text = migration::read_pushed(client).await;
    let text = text.map_err(|source| PushError::Database {
        action: "read what was pushed before",
        source,
    })?;
    match text {
        Some(text) => Ok(snapshot::parse(&text)?),
        None => Ok(Schema::default()),
    }
}

pub(super) async fn write(client: &mut Client, schema: &Schema) -> Result<(), Error> {
    let written = migration::write_pushed(client, &snapshot::render(schema)).await;
    written.map_err(|source| {
        Error::from(PushError::Database {
            action: "keep what was pushed",
            source,
        })
    })
}
