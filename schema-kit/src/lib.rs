//! What a developer runs beside `schema-core`: for now the [embedded server](server) and the
//! [databases for tests](testing) built on it.

pub mod error;
pub mod server;
pub mod testing;

pub use error::ServerError;
