//! Makes a development database anew.

use schema_core::ident;

use crate::{
    database::Database,
    error::{Error, PushError},
};

/// The database that is connected to while another one is dropped; every server has it.
const MAINTENANCE: &str = "postgres";

/// Whether a database is on this machine: behind a unix socket or the loopback address.
///
/// # Examples
///
/// ```
/// use schema_kit::database::{Database, Origin};
/// use schema_kit::reset::is_local;
///
/// let is_local = |url| is_local(&Database::parse(url, Origin::Argument).unwrap());
/// assert!(is_local("postgres://app@localhost/chat") && is_local("host=/tmp dbname=chat"));
/// assert!(!is_local("postgres://app@db.example/chat"));
/// ```
#[must_use]
pub fn is_local(database: &Database) -> bool {
    use tokio_postgres::config::Host;
    let config = database.options().config();
    let by_name = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            let address = name.parse::<std::net::IpAddr>();
            name == "localhost" || address.is_ok_and(|address| address.is_loopback())
        }
        Host::Unix(_) => true,
    });
    let by_address = config
        .get_hostaddrs()
        .iter()
        .all(std::net::IpAddr::is_loopback);
    by_name && by_address
}

/// Drops a database, whoever is connected to it, and makes an empty one of its name.
///
/// # Errors
///
/// When the server is not reached or refuses.
pub async fn recreate(database: &Database) -> Result<(), Error> {
    let name = database.options().database();
    let name = ident::quote(&name);
    let client = database.named(MAINTENANCE).connect().await?;
    for (action, sql) in [
        (
            "drop the database",
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        ),
        ("make the database", format!("CREATE DATABASE {name}")),
    ] {
        let done = client.batch_execute(&sql).await;
        done.map_err(|source| PushError::Database { action, source })?;
    }
    Ok(())
}
