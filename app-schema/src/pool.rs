//! A connection pool that is opened at first use.

use std::{env, sync::OnceLock};

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use schema_core::connect::{ConnectError, ConnectOptions};

/// The environment variable that names the database.
pub const DATABASE_URL: &str = "DATABASE_URL";

/// Connections a pool opens at the most.
const MAX_CONNECTIONS: usize = 16;

/// Why there is no pool.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PoolError {
    /// `DATABASE_URL` is not set.
    #[error(
        "no database is named: set DATABASE_URL, such as postgres://user:password@localhost/chat"
    )]
    NotSet,
    /// `DATABASE_URL` cannot be read, or its certificates cannot be loaded.
    #[error("DATABASE_URL cannot be used")]
    Url(#[from] ConnectError),
    /// The pool's settings contradict each other.
    #[error("the pool cannot be made")]
    Build(#[from] deadpool_postgres::BuildError),
}

/// Returns the pool of the database that `DATABASE_URL` names, the same at each call.
///
/// The first call reads the variable and makes the pool; a connection is made when one is first asked for. With
/// `sslmode=require` and above in the URL the connection is encrypted, by rustls.
///
/// # Errors
///
/// When `DATABASE_URL` is not set or cannot be used; the next call tries again.
///
/// # Examples
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = app_schema::pool::pool()?.get().await?;
/// let user: app_schema::User = schema_core::statement::query_one_as(&**client, "select * from users limit 1", &[]).await?;
/// # Ok(()) }
/// ```
pub fn pool() -> Result<&'static Pool, PoolError> {
    static POOL: OnceLock<Pool> = OnceLock::new();
    if let Some(pool) = POOL.get() {
        return Ok(pool);
    }
    let url = env::var(DATABASE_URL).map_err(|_| PoolError::NotSet)?;
    let pool = open(&url)?;
    Ok(POOL.get_or_init(|| pool))
}

/// Makes a pool of the database a URL or a `key=value` string names, without connecting to it yet.
///
/// # Errors
///
/// When the URL cannot be read or its certificates cannot be loaded.
///
/// # Examples
///
/// ```
/// let pool = app_schema::pool::open("postgres://chat@localhost/chat?sslmode=disable")?;
/// assert_eq!(pool.status().size, 0);
/// # Ok::<(), app_schema::pool::PoolError>(())
/// ```
pub fn open(url: &str) -> Result<Pool, PoolError> {
    let options = ConnectOptions::parse(url)?;
    let manager_config = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(options.config().clone(), options.tls()?, manager_config);
    Ok(Pool::builder(manager)
        .max_size(MAX_CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .build()?)
}
