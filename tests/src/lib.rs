//! What the tests share: databases, a reader of catalogs, and generators of random definitions.

pub mod catalog;
pub mod definitions;
pub mod random;

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::{Client, NoTls};

/// Connects to a new database on the server of `DATABASE_URL`.
///
/// # Panics
///
/// When there is none: a missing database is a failure, not a skip.
pub async fn database() -> Client {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names the tests' server");
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    let admin = connect(url.parse().expect("DATABASE_URL is a URL")).await;
    let create = format!("DROP DATABASE IF EXISTS {name}");
    admin
        .batch_execute(&create)
        .await
        .expect("an old database can be dropped");
    let create = format!("CREATE DATABASE {name} TEMPLATE template0");
    admin
        .batch_execute(&create)
        .await
        .expect("a database can be made");
    let mut config: tokio_postgres::Config = url.parse().expect("DATABASE_URL is a URL");
    config.dbname(&name);
    connect(config).await
}

async fn connect(config: tokio_postgres::Config) -> Client {
    let (client, connection) = config
        .connect(NoTls)
        .await
        .unwrap_or_else(|error| panic!("no connection to the tests' server: {error}"));
    tokio::spawn(connection);
    client
}
