//! Constraints: keys, checks, exclusions and foreign keys.

use std::collections::BTreeMap;

use super::{Deferrable, Expression, IndexKey, QualifiedName};

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PrimaryKey {
    /// The constraint's name, which is also its index's.
    pub name: String,
    /// The columns, in key order.
    pub columns: Vec<String>,
    /// `INCLUDE` columns.
    pub include: Vec<String>,
    /// The index's storage parameters.
    pub with: BTreeMap<String, String>,
    /// `None` is not deferrable.
    pub deferrable: Option<Deferrable>,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<String>,
}

/// A unique constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Unique {
    /// The constraint's name, which is also its index's.
    pub name: String,
    /// The columns, in key order.
    pub columns: Vec<String>,
    /// `INCLUDE` columns.
    pub include: Vec<String>,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
    /// The index's storage parameters.
    pub with: BTreeMap<String, String>,
    /// `None` is not deferrable.
    pub deferrable: Option<Deferrable>,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<String>,
}

/// A check constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Check {
    /// The constraint's name.
    pub name: String,
    /// The condition.
    pub expression: Expression,
    /// `NO INHERIT`.
    pub no_inherit: bool,
    /// `NOT VALID`.
    pub not_valid: bool,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<String>,
}

/// An exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exclusion {
    /// The constraint's name, which is also its index's.
    pub name: String,
    /// The index method.
    pub method: String,
    /// What is compared, and how.
    pub elements: Vec<ExclusionElement>,
    /// `INCLUDE` columns.
    pub include: Vec<String>,
    /// Storage parameters.
    pub with: BTreeMap<String, String>,
    /// `WHERE`.
    pub predicate: Option<Expression>,
    /// `None` is not deferrable.
    pub deferrable: Option<Deferrable>,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<String>,
}

/// One element of an exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExclusionElement {
    /// What is compared.
    pub key: IndexKey,
    /// The operator that must not hold between two rows, as SQL.
    pub operator: String,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    /// The constraint's name.
    pub name: String,
    /// The referencing columns.
    pub columns: Vec<String>,
    /// The referenced table.
    pub referenced_table: QualifiedName,
    /// The referenced columns, one for each referencing one.
    pub referenced_columns: Vec<String>,
    /// `ON DELETE`.
    pub on_delete: ReferentialAction,
    /// `ON UPDATE`.
    pub on_update: ReferentialAction,
    /// `MATCH FULL`.
    pub match_full: bool,
    /// `None` is not deferrable.
    pub deferrable: Option<Deferrable>,
    /// `NOT VALID`.
    pub not_valid: bool,
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<String>,
}

/// What happens to a row when the row it references is deleted or its key updated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferentialAction {
    /// An error, checked at the end of the statement or transaction.
    NoAction,
    /// An error at once.
    Restrict,
    /// The row follows.
    Cascade,
    /// These columns become NULL; all of the key where none are named.
    SetNull(Vec<String>),
    /// These columns become their defaults; all of the key where none are named.
    SetDefault(Vec<String>),
}
