//! Attribute text → the tree in [`ast`](crate::ast): typed values with spans.
//!
//! Every place that takes words is read the same way (`item`): split at its commas, unknown, duplicate and misplaced words
//! refused, the rest handed on with what follows them. An error in one word hides no error in another.

mod allow;
mod collation;
mod column;
mod conflict;
mod doc;
mod extension;
mod foreign_key;
mod index;
mod item;
mod key;
mod object;
mod partition;
mod policy;
mod projection;
mod schema;
mod scope;
mod sequence;
mod shape;
pub(crate) mod sql;
mod sql_type;
mod table;
mod text_enum;
mod tokens;
mod type_object;
mod value;
mod view;

pub(crate) use self::{
    projection::projection,
    schema::schema,
    table::{DeclaredTable, default_krate, table},
    text_enum::{flags, text_enum},
    type_object::{sql_composite, sql_domain, sql_enum},
    view::view,
};
