//! A struct and a statement's results, as constants to be compared while the user's crate compiles.

use super::RowField;
use crate::{def::TableDef, ty::TypeFacts};

/// A struct's fields as one, for the check of a statement's results.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct RowShape {
    pub(crate) source: &'static str,
    pub(crate) fields: &'static [RowField],
    /// Whether all of them may be NULL together.
    pub(crate) optional: bool,
}

/// A result of a statement.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Listed {
    /// A column alone.
    Column {
        /// Its table.
        table: &'static TableDef,
        /// The field behind it.
        field: &'static str,
        /// Whether it is on the nullable side of an outer join.
        outer: bool,
        /// The name the statement gives it, where it is not the column's.
        name: Option<&'static str>,
    },
    /// One whose Rust type the statement gives.
    Typed {
        /// Its name.
        name: &'static str,
        /// What is known of the type.
        facts: Option<&'static TypeFacts>,
    },
    /// One nothing is known of but the name, where it has one.
    Other(Option<&'static str>),
}
