//! Databases for tests: one throw-away server per test run, one database per test.
//!
//! What they hold is a [`Template`]: the compiled schema, the application's migrations, or SQL.
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
//! # use schema_kit::migration::MigrationSource;
//! # const MIGRATIONS: MigrationSource = MigrationSource::Embedded(&[]);
//!
//! fn database() -> TestDatabase {
//!     static SERVER: OnceLock<TestServer> = OnceLock::new();
//!     let server = SERVER.get_or_init(|| TestServer::shared(env!("CARGO_MANIFEST_DIR")).unwrap());
//!     server.database(&Template::migrated(&MIGRATIONS).unwrap()).unwrap()
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
mod template;

pub use self::{
    database::{TestDatabase, TestServer},
    template::Template,
};
