//! What a struct reads, as constant data.

use postgres_types::Type;

use super::{FromRow, RowValue};
use crate::{def::ColumnDef, ty::TypeFacts};

/// What a struct reads from a row, field by field.
///
/// # Examples
///
/// ```
/// use schema_core::row::RowField;
///
/// const ID: RowField = RowField::value::<i64>("id");
/// assert_eq!(ID.columns(), 1);
/// ```
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
        /// What a statement's columns are compared with while the crate compiles, where it is known.
        #[doc(hidden)]
        facts: Option<&'static TypeFacts>,
    },
    /// The columns of another struct, whose names start with a prefix when they are found by name.
    Nested {
        /// What stands before the nested struct's column names.
        prefix: &'static str,
        /// The nested struct's [`FromRow::SOURCE`].
        source: &'static str,
        /// What the nested struct reads.
        fields: &'static [RowField],
    },
}

impl RowField {
    /// A column that is read as `T`.
    #[must_use]
    pub const fn value<'r, T: RowValue<'r>>(name: &'static str) -> Self {
        Self::Value {
            name,
            accepts: T::accepts,
            rust_type: std::any::type_name::<T>,
            facts: T::FACTS,
        }
    }

    /// A JSON or JSONB column that is read as `T` through serde.
    #[cfg(feature = "serde_json")]
    #[must_use]
    pub const fn json<T: serde_core::de::DeserializeOwned>(name: &'static str) -> Self {
        Self::Value {
            name,
            accepts: crate::json::accepts,
            rust_type: std::any::type_name::<T>,
            facts: None,
        }
    }

    /// The columns of a table, one field each.
    #[doc(hidden)]
    #[must_use]
    pub const fn of<const N: usize>(columns: &'static [ColumnDef; N]) -> [Self; N] {
        let mut fields = [Self::Nested {
            prefix: "",
            source: "",
            fields: &[],
        }; N];
        let mut index = 0;
        while index < N {
            let ColumnDef { name, facts, .. } = &columns[index];
            fields[index] = Self::Value {
                name,
                accepts: facts.accepts,
                rust_type: facts.rust_type,
                facts: Some(facts),
            };
            index += 1;
        }
        fields
    }

    /// All columns of another struct.
    #[must_use]
    pub const fn nested<'r, T: FromRow<'r>>(prefix: &'static str) -> Self {
        Self::Nested {
            prefix,
            source: T::SOURCE,
            fields: T::FIELDS,
        }
    }

    /// How many columns this reads.
    #[must_use]
    pub const fn columns(&self) -> usize {
        match self {
            Self::Value { .. } => 1,
            Self::Nested { fields, .. } => Self::columns_of(fields),
        }
    }

    /// How many columns these read together.
    #[must_use]
    pub const fn columns_of(fields: &[Self]) -> usize {
        let mut columns = 0;
        let mut index = 0;
        while index < fields.len() {
            columns += fields[index].columns();
            index += 1;
        }
        columns
    }
}
