//! What the tests share: databases and generators of random schemas.

use tokio_postgres::{Client, NoTls};

/// A connection to the database of `DATABASE_URL`.
///
/// # Panics
///
/// When there is none: a missing database is a failure, not a skip.
pub async fn database() -> Client {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names the tests' server");
    let (client, connection) = tokio_postgres::connect(&url, NoTls)
        .await
        .unwrap_or_else(|error| panic!("no connection to {url}: {error}"));
    tokio::spawn(connection);
    client
}
