//! Facts across types and tables, checked while the user's crate compiles.
//!
//! The derive calls each function in a constant of its own, the call spanned with the token an error is about. All are
//! `#[track_caller]` and panic with a finished message, so the compiler shows that message at that token.

mod array;
mod code;
mod column;
mod comparison;
mod decimal;
mod default;
mod extension;
mod foreign_key;
mod literal;
mod message;
mod method;
mod object;
mod partition;
mod point;
mod query;
mod range;
mod schema;
mod sequence;
mod storage;
mod type_name;
mod type_object;
mod view;

pub use column::{column, identity, primary_key, set_default, set_null};
pub use comparison::comparable;
pub use default::default_value;
pub use foreign_key::{
    Referenced, foreign_key, foreign_key_column, foreign_key_to_primary_key, referenced_column,
};
pub use method::{hashed, indexed};
pub use object::{object_name, object_table};
pub use partition::{partition_null, partition_value};
pub(crate) use query::column_of_field;
pub use query::{query_column, query_row};
pub use schema::{Relations, listed, relation_slots, relations};
pub use sequence::{
    identity_options, schema_sequence, sequence_cache, sequence_increment, sequence_max,
    sequence_min, sequence_owner, sequence_start,
};
pub use storage::{collation, compression, storage};
pub use type_object::{domain_default, domain_value, type_collation, type_part};
pub use view::{Nulls, view_column};
