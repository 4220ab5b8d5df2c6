//! Sequences.

use super::{QualifiedName, SequenceOptions, SqlType};

/// A sequence ([`CREATE SEQUENCE`](https://www.postgresql.org/docs/current/sql-createsequence.html)) that is not an
/// identity column's own.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{QualifiedName, Sequence};
///
/// let mut numbers = Sequence::new(QualifiedName::new("public", "order_numbers"));
/// numbers.options.start = 1000;
/// assert_eq!(ddl::create_sequence(&numbers), "CREATE SEQUENCE order_numbers START WITH 1000");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sequence {
    /// Its name.
    pub name: QualifiedName,
    /// `smallint`, `integer` or `bigint`.
    pub sql_type: SqlType,
    /// Whether its value is lost when the server crashes, from PostgreSQL 15 on: `UNLOGGED`.
    pub unlogged: bool,
    /// What it counts.
    pub options: SequenceOptions,
    /// The column it is dropped with, and the table that has it.
    pub owned_by: Option<(QualifiedName, String)>,
    /// `COMMENT ON SEQUENCE`.
    pub comment: Option<String>,
}

impl Sequence {
    /// A sequence of `bigint` that counts from 1.
    #[must_use]
    pub fn new(name: QualifiedName) -> Self {
        Self {
            name,
            sql_type: SqlType {
                namespace: None,
                name: "bigint".to_owned(),
                modifiers: Vec::new(),
                array: false,
            },
            unlogged: false,
            options: SequenceOptions::of(i64::MAX, 1),
            owned_by: None,
            comment: None,
        }
    }
}
