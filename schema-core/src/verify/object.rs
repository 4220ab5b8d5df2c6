//! What objects known as SQL text name.

use super::{code, message::Message, schema::Relations};
use crate::def::{SchemaDef, TableDef};

/// Checks that a table or view an object names is listed.
#[track_caller]
pub const fn object_table<const N: usize>(
    schema: &SchemaDef,
    relations: &Relations<N>,
    table: &TableDef,
) {
    if !table.columns.is_empty() && relations.listed(&table.name).is_none() {
        Message::new(code::OBJECT_TABLE_NOT_LISTED)
            .push("this object names `")
            .table(&table.name)
            .text(&["`, which schema `", schema.name, "` does not list"])
            .text(&["\nhelp: add `", table.location.rust_name, "` to the list"])
            .fail()
    }
}
