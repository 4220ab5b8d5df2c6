//! The trait of structs that are read from rows.

use tokio_postgres::Row;

use super::{MapBy, ReadPlan, Reader, RowField};
use crate::Error;

/// A struct that is read from a row.
///
/// `#[derive(Table)]` and `#[derive(FromRow)]` implement it. `Option<T>` and tuples do as well: an `Option<T>` is
/// `None` where all columns of `T` are NULL, as a left join without a match gives them, and a tuple reads its parts
/// one after the other.
///
/// # Examples
///
/// What the derives write, written by hand:
///
/// ```
/// use schema_core::row::{FromRow, Reader, RowField};
///
/// struct Author<'r> {
///     id: i64,
///     name: &'r str,
/// }
///
/// impl<'r> FromRow<'r> for Author<'r> {
///     const SOURCE: &'static str = "Author";
///     const FIELDS: &'static [RowField] =
///         &[RowField::value::<i64>("id"), RowField::value::<&'r str>("name")];
///     fn read(reader: &mut Reader<'r, '_>) -> Result<Self, schema_core::Error> {
///         Ok(Self { id: reader.value()?, name: reader.value()? })
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "[T0912] `{Self}` is not read from a row",
    label = "this type has no `#[derive(Table)]` or `#[derive(FromRow)]`",
    note = "add #[derive(schema_core::FromRow)] to it; a single column is a field of such a struct"
)]
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
    fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error>;

    /// Reads a single row by position, after comparing its columns with the struct's.
    ///
    /// A [`RowMapper`](super::RowMapper) compares only once for all rows of a statement.
    ///
    /// # Errors
    ///
    /// When the row's columns are not the struct's in number, order or type, or a value cannot be read.
    fn from_row(row: &'r Row) -> Result<Self, Error> {
        ReadPlan::check::<Self>(row.columns(), MapBy::Position)?.read(row)
    }
}
