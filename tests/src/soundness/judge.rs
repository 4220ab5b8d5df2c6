//! A real server's judgement of statements.

use schema_core::schema::Schema;
use tokio_postgres::Client;

use crate::{TestDatabase, catalog};

/// Two databases: one without extensions, and one that has those that schemas list, since making them takes long.
#[derive(Debug)]
pub struct Judge {
    bare: (TestDatabase, Client),
    extended: (TestDatabase, Client),
}

impl Judge {
    /// Makes the databases.
    ///
    /// # Panics
    ///
    /// When that fails.
    pub async fn new() -> Self {
        let extended = crate::client().await;
        let extensions = "CREATE EXTENSION citext; CREATE EXTENSION btree_gist;";
        extended
            .1
            .batch_execute(extensions)
            .await
            .expect("the extensions come with the server");
        Self {
            bare: crate::client().await,
            extended,
        }
    }

    /// Runs statements, reads what the catalogs then hold, and takes it all back.
    ///
    /// # Errors
    ///
    /// What the server says against them.
    ///
    /// # Panics
    ///
    /// When they cannot be taken back.
    pub async fn judge(&self, extended: bool, sql: &str) -> Result<Schema, String> {
        let client = if extended {
            &self.extended.1
        } else {
            &self.bare.1
        };
        client
            .batch_execute("BEGIN")
            .await
            .expect("a transaction begins");
        let judgement = match client.batch_execute(sql).await {
            Ok(()) => Ok(catalog::read(client).await),
            Err(error) => Err(error),
        };
        client
            .batch_execute("ROLLBACK")
            .await
            .expect("a transaction ends");
        judgement.map_err(|error| match error.as_db_error() {
            Some(error) => format!("{} ({})", error.message(), error.code().code()),
            None => error.to_string(),
        })
    }
}
