//! Rows: from a row to a struct, and from a struct to parameters.

use postgres_types::Type;
use tokio_postgres::Row;

/// What a struct reads from a row, field by field.
#[derive(Debug, Clone, Copy)]
pub enum RowField {
    /// One column.
    Value {
        /// The column's name.
        name: &'static str,
        /// Whether the field's Rust type reads a column of this type.
        accepts: fn(&Type) -> bool,
        /// The field's Rust type, for messages.
        rust_type: fn() -> &'static str,
    },
    /// The columns of another struct, whose names start with a prefix when they are found by name.
    Nested {
        /// What stands before the nested struct's column names.
        prefix: &'static str,
        /// What the nested struct reads.
        fields: &'static [RowField],
    },
}

/// A struct that is read from a row.
pub trait FromRow<'r>: Sized {
    /// Where the rows come from, for messages: the table's name, or the struct's for a projection.
    const SOURCE: &'static str;
    /// What is read, in this order.
    const FIELDS: &'static [RowField];

    /// Reads the fields in the order of [`FIELDS`](Self::FIELDS).
    ///
    /// # Errors
    ///
    /// When a value cannot be read as its field's type.
    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, crate::Error>;
}

/// The columns of one row, read one after the other.
#[derive(Debug)]
pub struct Reader<'r, 'p> {
    row: &'r Row,
    positions: &'p [usize],
}

/// One value of a row on its way to the server.
#[derive(Debug, Clone, Copy)]
pub enum Param<'a> {
    /// A value that writes itself.
    Value(&'a (dyn postgres_types::ToSql + Sync)),
}
