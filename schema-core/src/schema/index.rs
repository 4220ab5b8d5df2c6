//! Indexes, and what index keys are made of.

use std::collections::BTreeMap;

use super::{Expression, NullsOrder, SortOrder};
use crate::ident;

/// An index that no constraint makes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Index {
    /// Its name, unquoted; it lies in its table's namespace.
    pub name: String,
    /// `UNIQUE`.
    pub unique: bool,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
    /// The method.
    pub method: String,
    /// The keys, in index order.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE` columns.
    pub include: Vec<String>,
    /// Storage parameters.
    pub with: BTreeMap<String, String>,
    /// `WHERE`.
    pub predicate: Option<Expression>,
    /// Whether building it concurrently failed: queries do not use it.
    pub invalid: bool,
    /// `COMMENT ON INDEX`.
    pub comment: Option<String>,
}

impl Index {
    /// A B-tree with nothing else said of it.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::{Index, IndexKey, Indexed};
    ///
    /// let index = Index::new("by_name", vec![IndexKey::new(Indexed::Column("name".to_owned()))]);
    /// assert_eq!((index.method.as_str(), index.unique), ("btree", false));
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, keys: Vec<IndexKey>) -> Self {
        Self {
            name: name.into(),
            unique: false,
            nulls_not_distinct: false,
            method: "btree".to_owned(),
            keys,
            include: Vec::new(),
            with: BTreeMap::new(),
            predicate: None,
            invalid: false,
            comment: None,
        }
    }

    /// Its expressions: those among its keys, then its predicate.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let keys = self.keys.iter().filter_map(|key| match &key.key {
            Indexed::Expression(expression) => Some(expression),
            Indexed::Column(_) => None,
        });
        keys.chain(&self.predicate)
    }
}

/// One key of an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexKey {
    /// What is indexed.
    pub key: Indexed,
    /// The direction.
    pub order: SortOrder,
    /// Where NULL sorts: last when ascending and first when descending, unless said otherwise.
    pub nulls: NullsOrder,
    /// The operator class as SQL, with its parameters, where it is not the type's default for the method or has any.
    pub operator_class: Option<String>,
    /// The collation, where it is not the column's own.
    pub collation: Option<Collation>,
}

impl IndexKey {
    /// A key in the server's default order.
    #[must_use]
    pub fn new(key: Indexed) -> Self {
        Self {
            key,
            order: SortOrder::Asc,
            nulls: NullsOrder::Last,
            operator_class: None,
            collation: None,
        }
    }
}

/// What one key of an index indexes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Indexed {
    /// A column.
    Column(String),
    /// An expression.
    Expression(Expression),
}

/// A collation by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Collation {
    /// Its namespace; `None` where the search path finds it, as it does those of `pg_catalog` and `public`.
    pub namespace: Option<String>,
    /// Its name, unquoted.
    pub name: String,
}

impl Collation {
    /// Reads an unquoted name, its namespace before a dot if it has one. The dot before a locale's encoding
    /// (`en_US.utf8`, `C.UTF-8`) belongs to the name.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::Collation;
    ///
    /// assert_eq!(Collation::parse("pg_catalog.C").render(), "\"C\"");
    /// assert_eq!(Collation::parse("audit.german").render(), "audit.german");
    /// assert_eq!(Collation::parse("en_US.utf8").render(), "\"en_US.utf8\"");
    /// ```
    #[must_use]
    pub fn parse(name: &str) -> Self {
        match name.split_once('.') {
            Some((namespace, name)) if !is_locale(namespace) => {
                let searched = matches!(namespace, "pg_catalog" | ident::PUBLIC);
                Self {
                    namespace: (!searched).then(|| namespace.to_owned()),
                    name: name.to_owned(),
                }
            }
            _ => Self {
                namespace: None,
                name: name.to_owned(),
            },
        }
    }

    /// Renders the name as SQL.
    #[must_use]
    pub fn render(&self) -> String {
        match &self.namespace {
            Some(namespace) => ident::quote_qualified(namespace, &self.name),
            None => ident::quote(&self.name).into_owned(),
        }
    }
}

/// Whether this is `C`, `POSIX`, or a language and a country as the C library writes them (`de_DE`).
fn is_locale(name: &str) -> bool {
    match name.split_once('_') {
        Some((language, country)) => {
            (2..=3).contains(&language.len())
                && language.bytes().all(|byte| byte.is_ascii_lowercase())
                && country.len() == 2
                && country.bytes().all(|byte| byte.is_ascii_uppercase())
        }
        None => matches!(name, "C" | "POSIX"),
    }
}
