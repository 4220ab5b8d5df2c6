//! Databases for tests: one throw-away server per test run, one database per test.
//!
//! All test processes that name the same [`TestServer`] at the same time share one server. A
//! [`Template`] is made once per server; each [`TestDatabase`] is a copy of it, made in
//! milliseconds and dropped when the test ends. A test that panics keeps its database, and says
//! where it is, for as long as the server runs.
//!
//! ```no_run
//! use std::sync::OnceLock;
//!
//! use schema_kit::testing::{Template, TestDatabase, TestServer};
//!
//! fn database() -> TestDatabase {
//!     static SERVER: OnceLock<TestServer> = OnceLock::new();
//!     let server = SERVER.get_or_init(|| TestServer::shared(env!("CARGO_MANIFEST_DIR")).unwrap());
//!     server.database(&Template::new("CREATE TABLE users (id bigint PRIMARY KEY)")).unwrap()
//! }
//!
//! # async fn test() -> Result<(), schema_kit::ServerError> {
//! let database = database();
//! let client = database.connect().await?;
//! # Ok(())
//! # }
//! ```

mod admin;
mod database;

pub use database::{Template, TestDatabase, TestServer};
