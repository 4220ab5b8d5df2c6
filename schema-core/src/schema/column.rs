//! Columns.

use std::collections::BTreeMap;

use super::{
    Collation, Compression, Expression, IdentityGeneration, SequenceOptions, SqlType, Storage,
};

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// Its name, unquoted.
    pub name: String,
    /// Its type.
    pub sql_type: SqlType,
    /// Whether it may hold NULL.
    pub nullable: bool,
    /// `DEFAULT`.
    pub default: Option<Expression>,
    /// `GENERATED ALWAYS AS (…) STORED`.
    pub generated: Option<Expression>,
    /// `GENERATED … AS IDENTITY`.
    pub identity: Option<Identity>,
    /// `COLLATE`, where it is not the type's own.
    pub collation: Option<Collation>,
    /// `STORAGE`, where it is not the type's own.
    pub storage: Option<Storage>,
    /// `COMPRESSION`, where it is not the server's own.
    pub compression: Option<Compression>,
    /// `STATISTICS`, where it is not the server's own.
    pub statistics: Option<i32>,
    /// The planner's options: `n_distinct`, `n_distinct_inherited`.
    pub options: BTreeMap<String, String>,
    /// Whether only a table it inherits from declares it.
    pub inherited: bool,
    /// `COMMENT ON COLUMN`.
    pub comment: Option<String>,
}

impl Column {
    /// A column with nothing else said of it.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::Column;
    ///
    /// let column = Column::new("size", "integer".parse()?);
    /// assert!(!column.nullable);
    /// # Ok::<(), schema_core::error::SchemaError>(())
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, sql_type: SqlType) -> Self {
        Self {
            name: name.into(),
            sql_type,
            nullable: false,
            default: None,
            generated: None,
            identity: None,
            collation: None,
            storage: None,
            compression: None,
            statistics: None,
            options: BTreeMap::new(),
            inherited: false,
            comment: None,
        }
    }

    /// The column as a partition has it that says nothing of it. How it is described and what the planner is told of it is
    /// the table's alone, and so is its sequence.
    #[must_use]
    pub fn taken_over(&self) -> Self {
        Self {
            identity: None,
            statistics: None,
            options: BTreeMap::new(),
            inherited: true,
            comment: None,
            ..self.clone()
        }
    }
}

/// What makes a column an identity column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// Whether a value may be given on insert.
    pub generation: IdentityGeneration,
    /// The name of its sequence, which lies in the table's namespace.
    pub sequence: String,
    /// What its sequence counts.
    pub options: SequenceOptions,
}
