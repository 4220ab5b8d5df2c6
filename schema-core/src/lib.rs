//! PostgreSQL schemas declared as annotated Rust structs.

pub mod def;
pub mod error;
pub mod row;
pub mod table;
pub mod ty;
#[doc(hidden)]
pub mod verify;

#[doc(no_inline)]
pub use postgres_types;

pub use crate::{error::Error, row::FromRow, table::Table};
