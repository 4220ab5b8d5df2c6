//! PostgreSQL schemas declared as annotated Rust structs.

pub mod ddl;
pub mod def;
pub mod error;
pub mod ident;
pub mod row;
pub mod schema;
pub mod table;
pub mod ty;

#[doc(no_inline)]
pub use postgres_types;

pub use crate::{error::Error, row::FromRow, table::Table};
