//! What the tests share: databases and generators of random schemas.

mod database;

pub use database::{client, database, database_from, server};
pub use schema_kit::testing::TestDatabase;
