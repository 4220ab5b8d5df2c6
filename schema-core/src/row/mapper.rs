//! A row mapper that is kept between rows.

use std::marker::PhantomData;

use tokio_postgres::Row;

use super::{FromRow, MapBy, ReadPlan};
use crate::Error;

/// Reads rows as `T`, comparing columns only when they are another statement's than those of the row before.
///
/// It keeps the first row of the statement it was last used with: as long as that row lives, its columns cannot give
/// up their place in memory to those of another statement.
///
/// # Examples
///
/// ```
/// use schema_core::row::{FromRow, RowMapper};
/// use tokio_postgres::Row;
///
/// fn read_all<T: for<'r> FromRow<'r>>(rows: &[Row]) -> Result<Vec<T>, schema_core::Error> {
///     let mut mapper = RowMapper::by_name();
///     rows.iter().map(|row| mapper.read(row)).collect()
/// }
/// ```
#[derive(Debug)]
pub struct RowMapper<T> {
    by: MapBy,
    known: Option<(Row, ReadPlan)>,
    target: PhantomData<fn() -> T>,
}

impl<T> RowMapper<T> {
    /// A mapper by position: the row has exactly the struct's columns, in the order of its fields.
    ///
    /// The columns may have any names, save that no column may bear the name of another field: such a row is in
    /// another order, as `SELECT *` gives it after a migration.
    #[must_use]
    pub const fn by_position() -> Self {
        Self::new(MapBy::Position)
    }

    /// A mapper by name: the row has a column of each name the struct reads, anywhere, and may have others beside
    /// them. The names of a nested struct start with its prefix.
    #[must_use]
    pub const fn by_name() -> Self {
        Self::new(MapBy::Name)
    }

    const fn new(by: MapBy) -> Self {
        Self {
            by,
            known: None,
            target: PhantomData,
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// When the row's columns are not the struct's, or a value cannot be read as its field's type.
    pub fn read<'r>(&mut self, row: &'r Row) -> Result<T, Error>
    where
        T: FromRow<'r>,
    {
        match &self.known {
            Some((known, plan)) if std::ptr::eq(known.columns(), row.columns()) => plan.read(row),
            _ => self.learn(row),
        }
    }

    #[cold]
    fn learn<'r>(&mut self, row: &'r Row) -> Result<T, Error>
    where
        T: FromRow<'r>,
    {
        let plan = ReadPlan::check::<T>(row.columns(), self.by)?;
        let (_, plan) = self.known.insert((row.clone(), plan));
        plan.read(row)
    }
}
