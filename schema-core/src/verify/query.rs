//! The columns a hand-written statement names.

use super::{
    code,
    foreign_key::{by_field, missing_field},
};
use crate::def::{ColumnDef, TableDef};

/// Checks that a table has a column of this field. Gives 0, for a constant to be made of.
#[track_caller]
#[must_use]
pub const fn query_column(table: &TableDef, field: &str) -> usize {
    // The stand-in of a table with errors of its own has no columns at all.
    if by_field(table, field).is_none() && !table.columns.is_empty() {
        missing_field(code::NO_SUCH_COLUMN, table, field);
    }
    0
}

/// The column of a field.
pub(crate) const fn column_of_field<'a>(table: &'a TableDef, field: &str) -> Option<&'a ColumnDef> {
    by_field(table, field)
}
