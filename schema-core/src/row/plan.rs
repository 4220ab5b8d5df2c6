//! The comparison of a statement's columns with a struct, and what is learned by it.

use postgres_types::Type;
use tokio_postgres::{Column, Row};

use super::{FromRow, Reader, RowField};
use crate::{
    Error,
    error::{ColumnPlace, RowError},
};

/// How fields find their columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MapBy {
    /// Field n is column n.
    Position,
    /// By the column's name.
    Name,
}

/// Where a struct's fields stand in the rows of one statement, whose types were found to fit.
///
/// Only rows of that statement may be read with it; who holds one sees to that.
#[derive(Debug)]
pub(crate) struct ReadPlan {
    positions: Option<Box<[usize]>>,
}

impl ReadPlan {
    /// Compares `columns` with the struct's fields.
    pub(crate) fn check<'r, T: FromRow<'r>>(columns: &[Column], by: MapBy) -> Result<Self, Error> {
        let mut leaves = Vec::with_capacity(const { RowField::columns_of(T::FIELDS) });
        collect_leaves(T::SOURCE, "", T::FIELDS, &mut leaves);
        let positions = match by {
            MapBy::Position => {
                check_order(T::SOURCE, &leaves, columns)?;
                None
            }
            MapBy::Name => Some(
                leaves
                    .iter()
                    .map(|leaf| find_column(leaf, columns))
                    .collect::<Result<Box<[_]>, _>>()?,
            ),
        };
        for (field, leaf) in leaves.iter().enumerate() {
            let position = positions
                .as_ref()
                .map_or(field, |positions| positions[field]);
            leaf.check_type(position, &columns[position])?;
        }
        Ok(Self { positions })
    }

    /// Reads a row of the statement that was checked.
    #[inline]
    pub(crate) fn read<'r, T: FromRow<'r>>(&self, row: &'r Row) -> Result<T, Error> {
        T::read(&mut Reader::new(row, self.positions.as_deref(), T::SOURCE))
    }
}

/// A field that is one column.
struct Leaf {
    source: &'static str,
    /// The column's name in its own struct.
    name: &'static str,
    /// The same behind the prefixes of the structs it is nested in.
    full_name: String,
    accepts: fn(&Type) -> bool,
    rust_type: fn() -> &'static str,
}

impl Leaf {
    fn is_named(&self, column: &Column) -> bool {
        column.name() == self.name || column.name() == self.full_name
    }

    fn check_type(&self, position: usize, column: &Column) -> Result<(), Error> {
        if (self.accepts)(column.type_()) {
            return Ok(());
        }
        let place = ColumnPlace::new(self.source, position, column, (self.rust_type)());
        Err(RowError::ColumnType(place).into())
    }
}

fn collect_leaves(
    source: &'static str,
    prefix: &str,
    fields: &'static [RowField],
    leaves: &mut Vec<Leaf>,
) {
    for field in fields {
        match *field {
            RowField::Value {
                name,
                accepts,
                rust_type,
                ..
            } => leaves.push(Leaf {
                source,
                name,
                full_name: format!("{prefix}{name}"),
                accepts,
                rust_type,
            }),
            RowField::Nested {
                prefix: inner,
                source,
                fields,
            } => {
                collect_leaves(source, &format!("{prefix}{inner}"), fields, leaves);
            }
        }
    }
}

/// Whether the columns can be the fields in their order.
///
/// An expression has whatever name it has, so a foreign name says nothing. The name of another field does: there the
/// row is in another order, and reading on would swap two columns of one type.
fn check_order(source: &'static str, leaves: &[Leaf], columns: &[Column]) -> Result<(), Error> {
    if leaves.len() != columns.len() {
        return Err(RowError::ColumnCount {
            table: source,
            expected: leaves.iter().map(|leaf| leaf.full_name.clone()).collect(),
            found: names(columns),
        }
        .into());
    }
    for (position, (leaf, column)) in leaves.iter().zip(columns).enumerate() {
        let is_other = || leaves.iter().any(|other| other.full_name == column.name());
        if !leaf.is_named(column) && is_other() {
            return Err(RowError::ColumnOrder {
                table: source,
                position: position + 1,
                expected: leaf.full_name.clone(),
                found: column.name().to_owned(),
            }
            .into());
        }
    }
    Ok(())
}

fn find_column(leaf: &Leaf, columns: &[Column]) -> Result<usize, Error> {
    let mut found = (0..columns.len()).filter(|&at| columns[at].name() == leaf.full_name);
    match (found.next(), found.next()) {
        (Some(position), None) => Ok(position),
        (None, _) => Err(RowError::ColumnMissing {
            table: leaf.source,
            column: leaf.full_name.clone(),
            found: names(columns),
        }
        .into()),
        (Some(first), Some(second)) => Err(RowError::ColumnAmbiguous {
            table: leaf.source,
            column: leaf.full_name.clone(),
            positions: [first, second]
                .into_iter()
                .chain(found)
                .map(|at| at + 1)
                .collect(),
        }
        .into()),
    }
}

fn names(columns: &[Column]) -> Vec<String> {
    columns
        .iter()
        .map(|column| column.name().to_owned())
        .collect()
}
