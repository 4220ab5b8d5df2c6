//! PostgreSQL schemas declared as annotated Rust structs.

pub mod def;
pub mod error;
pub mod id;
pub mod row;
pub mod snowflake;
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
