//! PostgreSQL schemas declared as annotated Rust structs.

// Generated code names this crate by its public name, here as everywhere.
extern crate self as schema_core;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod build;
#[cfg(feature = "connect")]
pub mod connect;
pub mod ddl;
pub mod def;
pub mod error;
pub mod id;
pub mod ident;
#[cfg(feature = "serde_json")]
pub mod json;
pub mod range;
pub mod row;
pub mod schema;
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
pub use schema_derive::{FromRow, SqlComposite, SqlDomain, SqlEnum, SqlFlags, Table, TextEnum};

/// Declares all tables of an application as one static [`SchemaDef`](def::SchemaDef).
///
/// Every table a foreign key references must be listed; the compiler says so at the table that references it.
///
/// # Examples
///
/// ```
/// use schema_core::{Id, Table};
///
/// #[derive(Table)]
/// #[table(name = "users")]
/// struct User {
///     #[column(primary_key)]
///     id: Id<User>,
/// }
///
/// schema_core::schema! {
///     /// The chat application.
///     static CHAT = [User];
/// }
/// assert_eq!(CHAT.tables[0].table.name.name, "users");
/// ```
#[macro_export]
macro_rules! schema {
    ($($tokens:tt)*) => {
        $crate::__private::schema_impl! { [$crate] $($tokens)* }
    };
}
