//! A live database that lacks what the compiled schema says.

use std::{error, fmt};

/// What a database lacks of a schema. Each thing that is missing is told on a line of its own.
///
/// # Examples
///
/// ```
/// use schema_core::error::{LiveError, Shortfall};
///
/// let relation = "posts".to_owned();
/// let error = LiveError::new("BLOG", vec![Shortfall::Relation { relation }]);
/// assert_eq!(
///     error.to_string(),
///     "the database is behind the schema BLOG; migrate it first:\n  table or view `posts` is not there"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveError {
    schema: &'static str,
    shortfalls: Vec<Shortfall>,
}

/// One thing that a database lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shortfall {
    /// A table or view is not there.
    Relation {
        /// Its name, with its namespace where that is not `public`.
        relation: String,
    },
    /// A column is not there.
    Column {
        /// The table or view, as for `Relation`.
        relation: String,
        /// The column.
        column: String,
    },
    /// A column has another type.
    ColumnType {
        /// The table, as for `Relation`.
        relation: String,
        /// The column.
        column: String,
        /// Its type in the schema.
        expected: String,
        /// Its type in the database.
        found: String,
    },
    /// A column may be NULL, and its field is no `Option`.
    Nullable {
        /// The table, as for `Relation`.
        relation: String,
        /// The column.
        column: String,
    },
    /// An enum type is not there; told once for each label.
    Type {
        /// The type.
        ty: String,
    },
    /// An enum type lacks a label.
    Label {
        /// The type.
        ty: String,
        /// The label.
        label: String,
    },
}

impl LiveError {
    /// What a database lacks of the schema of this name. What is told more than once, as a table for each of its columns,
    /// is kept once.
    #[must_use]
    pub fn new(schema: &'static str, mut shortfalls: Vec<Shortfall>) -> Self {
        shortfalls.dedup();
        Self { schema, shortfalls }
    }

    /// All that is missing: tables and views in the schema's order, then types.
    #[must_use]
    pub fn shortfalls(&self) -> &[Shortfall] {
        &self.shortfalls
    }
}

impl fmt::Display for LiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the database is behind the schema {}; migrate it first:",
            self.schema
        )?;
        self.shortfalls
            .iter()
            .try_for_each(|shortfall| write!(f, "\n  {shortfall}"))
    }
}

impl error::Error for LiveError {}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Relation { relation } => write!(f, "table or view `{relation}` is not there"),
            Self::Column { relation, column } => {
                write!(f, "column `{relation}.{column}` is not there")
            }
            Self::ColumnType {
                relation,
                column,
                expected,
                found,
            } => write!(
                f,
                "column `{relation}.{column}` is {found}, but should be {expected}"
            ),
            Self::Nullable { relation, column } => write!(
                f,
                "column `{relation}.{column}` may be NULL, but its field is no Option"
            ),
            Self::Type { ty } => write!(f, "type `{ty}` is not there"),
            Self::Label { ty, label } => write!(f, "type `{ty}` lacks the label '{label}'"),
        }
    }
}
