//! What can be wrong between a row and its struct.
//!
//! These are made on the cold path only: everything they name is looked up when the value could not be read.

use std::{error::Error, fmt};

use postgres_types::{Kind, Type};

/// A row that does not fit the struct it is read into, or a struct that does not fit its table.
#[derive(Debug)]
#[non_exhaustive]
pub enum RowError {
    /// The row has more or fewer columns than the struct, which is read by position.
    ColumnCount {
        /// The table, or the struct of a projection.
        table: &'static str,
        /// The columns the struct reads.
        expected: Vec<String>,
        /// The columns the row has.
        found: Vec<String>,
    },
    /// The row's columns are the struct's, but in another order.
    ColumnOrder {
        /// The table, or the struct of a projection.
        table: &'static str,
        /// The first position where they differ, counted from 1.
        position: usize,
        /// The column the struct reads there.
        expected: String,
        /// The column the row has there.
        found: String,
    },
    /// The row has no column of this name.
    ColumnMissing {
        /// The table, or the struct of a projection.
        table: &'static str,
        /// The column the struct reads.
        column: String,
        /// The columns the row has.
        found: Vec<String>,
    },
    /// The row has several columns of this name.
    ColumnAmbiguous {
        /// The table, or the struct of a projection.
        table: &'static str,
        /// The column the struct reads.
        column: String,
        /// Where the row has it, counted from 1.
        positions: Vec<usize>,
    },
    /// The column's SQL type is not one the field's Rust type reads.
    ColumnType(ColumnPlace),
    /// NULL where the field is no `Option`.
    UnexpectedNull(ColumnPlace),
    /// A text that the enum does not know.
    UnknownText {
        /// Where it stands.
        place: ColumnPlace,
        /// The text.
        text: String,
        /// The texts the enum knows.
        known: Vec<&'static str>,
    },
    /// A value the Rust type cannot hold, for the reason `source()` gives.
    Value {
        /// Where it stands.
        place: ColumnPlace,
        /// The value: its text, or its bytes in hexadecimal; long ones are cut.
        found: String,
        /// Why it cannot be read.
        cause: Box<dyn Error + Sync + Send>,
    },
    /// A hand-written [`FromRow`](crate::FromRow) reads more columns than its `FIELDS` name.
    FieldCount {
        /// The table, or the struct of a projection.
        table: &'static str,
        /// How many columns `FIELDS` name.
        expected: usize,
    },
    /// A hand-written [`Table::params`](crate::Table::params) gives more or fewer values than the table has columns
    /// to write.
    ParamCount {
        /// The table.
        table: &'static str,
        /// How many columns are written.
        expected: usize,
        /// How many values there are.
        found: usize,
    },
}

/// A column of a row and the field it is read into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnPlace {
    /// The table, or the struct of a projection.
    pub table: &'static str,
    /// The column's name in the row.
    pub column: String,
    /// The column's position in the row, counted from 1.
    pub position: usize,
    /// The column's SQL type, as `VARCHAR` or `BIGINT[]`.
    pub sql_type: String,
    /// The field's Rust type, without module paths.
    pub rust_type: String,
}

impl ColumnPlace {
    #[cold]
    pub(crate) fn new(
        table: &'static str,
        position: usize,
        column: &tokio_postgres::Column,
        rust_type: &str,
    ) -> Self {
        Self {
            table,
            column: column.name().to_owned(),
            position: position + 1,
            sql_type: render_sql_type(column.type_()),
            rust_type: without_paths(rust_type),
        }
    }
}

impl fmt::Display for ColumnPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table,
            column,
            position,
            sql_type,
            rust_type,
        } = self;
        write!(
            f,
            "`{table}.{column}` (column {position}, {sql_type}) as `{rust_type}`"
        )
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ColumnCount {
                table,
                expected,
                found,
            } => write!(
                f,
                "`{table}` reads {} columns ({}), but the row has {} ({}); select exactly those, or read by name",
                expected.len(),
                List(expected),
                found.len(),
                List(found),
            ),
            Self::ColumnOrder {
                table,
                position,
                expected,
                found,
            } => write!(
                f,
                "the row has the columns of `{table}` in another order: column {position} is `{found}`, where \
                 `{expected}` is read; list the columns in place of `*`, or read by name"
            ),
            Self::ColumnMissing {
                table,
                column,
                found,
            } => write!(
                f,
                "`{table}` reads a column `{column}`, which the row does not have; it has {}",
                List(found)
            ),
            Self::ColumnAmbiguous {
                table,
                column,
                positions,
            } => write!(
                f,
                "`{table}` reads a column `{column}`, which the row has more than once, at {positions:?}; give all \
                 but one another name with AS, or read by position"
            ),
            Self::ColumnType(place) => write!(f, "cannot read {place}: the types do not fit"),
            Self::UnexpectedNull(place) => write!(
                f,
                "cannot read {place}: found NULL; make the field an `Option` if the column may hold it"
            ),
            Self::UnknownText { place, text, known } => write!(
                f,
                "cannot read {place}: found the unknown text `{text}`; known are {}",
                List(known)
            ),
            Self::Value { place, found, .. } => write!(f, "cannot read {place}: found {found}"),
            Self::FieldCount { table, expected } => write!(
                f,
                "`FromRow::read` of `{table}` reads more than the {expected} columns its `FIELDS` name"
            ),
            Self::ParamCount {
                table,
                expected,
                found,
            } => write!(
                f,
                "`Table::params` of `{table}` gives {found} values, but {expected} columns are written"
            ),
        }
    }
}

impl Error for RowError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Value { cause, .. } => Some(&**cause),
            _ => None,
        }
    }
}

/// Why a value cannot be held by a Rust type: the cause behind [`RowError::Value`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueError {
    /// `infinity` or `-infinity` in a type that ends before it.
    Infinite,
    /// `24:00:00`, which PostgreSQL tells apart from `00:00:00`.
    EndOfDay,
    /// An INET with a netmask, which is a network and not one address.
    Network {
        /// How many bits the netmask has.
        prefix: u8,
    },
    /// A text that the enum does not know.
    UnknownText {
        /// The text.
        text: String,
        /// The texts the enum knows.
        known: Vec<&'static str>,
    },
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Infinite => f.write_str(
                "this type cannot hold infinity; wrap it in `postgres_types::Timestamp` or `postgres_types::Date`",
            ),
            Self::EndOfDay => f.write_str("this type cannot hold 24:00:00"),
            Self::Network { prefix } => write!(
                f,
                "a network with a netmask of {prefix} bits is not one address; read it as `cidr::IpInet`"
            ),
            Self::UnknownText { text, known } => {
                write!(f, "unknown text `{text}`; known are {}", List(known))
            }
        }
    }
}

impl Error for ValueError {}

/// The items in backticks with commas between them.
struct List<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}`{item}`")?;
        }
        Ok(())
    }
}

/// The type as one writes it in SQL; the catalog's own short names (`int8`) only where there is no longer one.
fn render_sql_type(ty: &Type) -> String {
    if let Kind::Array(element) = ty.kind() {
        return format!("{}[]", render_sql_type(element));
    }
    match *ty {
        Type::BOOL => "BOOLEAN".to_owned(),
        Type::INT2 => "SMALLINT".to_owned(),
        Type::INT4 => "INTEGER".to_owned(),
        Type::INT8 => "BIGINT".to_owned(),
        Type::FLOAT4 => "REAL".to_owned(),
        Type::FLOAT8 => "DOUBLE PRECISION".to_owned(),
        Type::BPCHAR => "CHAR".to_owned(),
        _ if ty.schema() == "pg_catalog" => ty.name().to_uppercase(),
        _ => ty.name().to_owned(),
    }
}

/// `Option<String>` for `core::option::Option<alloc::string::String>`.
fn without_paths(rust_type: &str) -> String {
    let mut short = String::with_capacity(rust_type.len());
    let mut segment_start = 0;
    let mut rest = rust_type.chars().peekable();
    while let Some(char) = rest.next() {
        if char == ':' && rest.peek() == Some(&':') {
            rest.next();
            short.truncate(segment_start);
        } else {
            short.push(char);
            if !(char.is_alphanumeric() || char == '_') {
                segment_start = short.len();
            }
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_types_are_named_without_their_modules() {
        for (long, short) in [
            ("i64", "i64"),
            (
                "core::option::Option<alloc::string::String>",
                "Option<String>",
            ),
            (
                "alloc::vec::Vec<core::option::Option<a::b::C_d>>",
                "Vec<Option<C_d>>",
            ),
            ("&str", "&str"),
            ("(a::B, &[c::D])", "(B, &[D])"),
        ] {
            assert_eq!(without_paths(long), short);
        }
    }

    #[test]
    fn sql_types_are_named_as_in_sql() {
        for (ty, name) in [
            (Type::INT8, "BIGINT"),
            (Type::TEXT_ARRAY, "TEXT[]"),
            (Type::TIMESTAMPTZ, "TIMESTAMPTZ"),
            (
                Type::new("mood".to_owned(), 1, Kind::Simple, "public".to_owned()),
                "mood",
            ),
        ] {
            assert_eq!(render_sql_type(&ty), name);
        }
    }
}
