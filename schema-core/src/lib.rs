//! PostgreSQL schemas declared as annotated Rust structs.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod def;
pub mod error;
#[cfg(feature = "serde_json")]
pub mod json;
pub mod range;
pub mod row;
pub mod statement;
pub mod table;
pub mod ty;

#[doc(no_inline)]
pub use postgres_types;

pub use crate::{error::Error, row::FromRow, table::Table};
