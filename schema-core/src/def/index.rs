//! Indexes.

use super::{Position, SqlText};

/// An index.
#[derive(Debug, Clone, Copy)]
pub struct IndexDef {
    /// Where it is declared.
    pub position: Position,
    /// The index's name, where the user gave one.
    pub name: Option<&'static str>,
    /// `UNIQUE`.
    pub unique: bool,
    /// `NULLS NOT DISTINCT` (PostgreSQL 15 and later).
    pub nulls_not_distinct: bool,
    /// `USING`; `None` is the server's default, `btree`.
    pub method: Option<&'static str>,
    /// The keys, in index order.
    pub keys: &'static [IndexKeyDef],
    /// `INCLUDE` columns.
    pub include: &'static [&'static str],
    /// `WITH (…)` storage parameters.
    pub with: &'static [(&'static str, &'static str)],
    /// `WHERE`.
    pub predicate: Option<SqlText>,
    /// `CONCURRENTLY`, wherever the index is made on a table in use.
    pub concurrently: bool,
    /// `COMMENT ON INDEX`.
    pub comment: Option<&'static str>,
}

impl IndexDef {
    /// An index over keys, with nothing else said of it.
    #[track_caller]
    #[must_use]
    pub const fn new(keys: &'static [IndexKeyDef]) -> Self {
        Self {
            position: Position::here(),
            name: None,
            unique: false,
            nulls_not_distinct: false,
            method: None,
            keys,
            include: &[],
            with: &[],
            predicate: None,
            concurrently: false,
            comment: None,
        }
    }
}

/// One key of an index.
#[derive(Debug, Clone, Copy)]
pub struct IndexKeyDef {
    /// What is indexed.
    pub key: IndexedDef,
    /// `ASC` or `DESC`; `None` is the server's default, ascending.
    pub order: Option<SortOrder>,
    /// `NULLS FIRST` or `NULLS LAST`; `None` is the server's default, last when ascending and first when descending.
    pub nulls: Option<NullsOrder>,
    /// The operator class, as written; `None` is the type's default for the method.
    pub operator_class: Option<&'static str>,
    /// `COLLATE`: a collation's name, unquoted.
    pub collation: Option<&'static str>,
}

impl IndexKeyDef {
    /// A column in the server's default order.
    #[must_use]
    pub const fn column(name: &'static str) -> Self {
        Self::new(IndexedDef::Column(name))
    }

    /// A key in the server's default order.
    #[must_use]
    pub const fn new(key: IndexedDef) -> Self {
        Self {
            key,
            order: None,
            nulls: None,
            operator_class: None,
            collation: None,
        }
    }
}

/// What one key of an index indexes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexedDef {
    /// A column, by its database name.
    Column(&'static str),
    /// An expression.
    Expression(SqlText),
}

/// The direction of an index key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortOrder {
    /// `ASC`.
    Asc,
    /// `DESC`.
    Desc,
}

/// Where an index key sorts NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NullsOrder {
    /// `NULLS FIRST`.
    First,
    /// `NULLS LAST`.
    Last,
}
