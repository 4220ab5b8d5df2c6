//! PostgreSQL schemas declared as annotated Rust structs.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod def;
pub mod error;
pub mod id;
pub mod ident;
#[cfg(feature = "serde_json")]
pub mod json;
pub mod range;
pub mod row;
pub mod snowflake;
pub mod statement;
pub mod table;
pub mod ty;
#[doc(hidden)]
pub mod verify;

#[doc(no_inline)]
pub use postgres_types;

pub use crate::{
    error::Error,
    id::Id,
    row::FromRow,
    snowflake::{Snowflake, SnowflakeGenerator, generate_id, try_generate_id},
    table::Table,
};
