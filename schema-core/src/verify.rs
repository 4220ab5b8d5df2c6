//! Facts across types and tables, checked while the user's crate compiles.
//!
//! The derive calls each function in a constant of its own, the call spanned with the token an error is about. All are
//! `#[track_caller]` and panic with a finished message, so the compiler shows that message at that token.

mod code;
mod column;
mod decimal;
mod default;
mod foreign_key;
mod literal;
mod message;
mod query;
mod schema;
mod storage;
mod type_object;

pub use column::{column, identity, primary_key, set_default, set_null};
pub use default::default_value;
pub use foreign_key::{foreign_key, referenced_column};
pub(crate) use query::column_of_field;
pub use query::query_column;
pub use schema::{Relations, relation_slots, relations, schema_table};
pub use storage::{collation, compression, storage};
pub use type_object::{domain_default, domain_value, type_part};
