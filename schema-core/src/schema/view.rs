//! Views and materialized views.

use std::collections::BTreeMap;

use super::{Expression, Index, QualifiedName};
pub use crate::def::CheckOption;

/// A view or materialized view ([`CREATE VIEW`](https://www.postgresql.org/docs/current/sql-createview.html),
/// [`CREATE MATERIALIZED VIEW`](https://www.postgresql.org/docs/current/sql-creatematerializedview.html)).
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{Expression, QualifiedName, View, ViewColumn};
///
/// let mut view = View::new(QualifiedName::new("public", "one"), Expression::new("SELECT 1"));
/// view.columns.push(ViewColumn { name: "number".into(), comment: None });
/// assert_eq!(ddl::create_view(&view), "CREATE VIEW one (number) AS\nSELECT 1");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct View {
    /// Its name.
    pub name: QualifiedName,
    /// Whether its rows are kept.
    pub materialized: bool,
    /// `COMMENT ON VIEW` or `COMMENT ON MATERIALIZED VIEW`.
    pub comment: Option<String>,
    /// The columns, in order. Their types are those of the query's results.
    pub columns: Vec<ViewColumn>,
    /// The query, without a semicolon: as it was written, or as the server gives it back.
    pub query: Expression,
    /// `WITH (…)`: options of a view, storage parameters of a materialized one.
    pub with: BTreeMap<String, String>,
    /// `WITH … CHECK OPTION`, of a plain view.
    pub check_option: Option<CheckOption>,
    /// `USING`: the table access method of a materialized view, where it is not the server's default.
    pub method: Option<String>,
    /// `TABLESPACE`, of a materialized view, where it is not the database's own.
    pub tablespace: Option<String>,
    /// Whether a materialized view is made without rows.
    pub with_no_data: bool,
    /// The indexes of a materialized view.
    pub indexes: Vec<Index>,
    /// The tables and views its query reads, by name.
    pub depends_on: Vec<QualifiedName>,
}

impl View {
    /// A plain view without columns of its own names, with nothing else said of it.
    #[must_use]
    pub fn new(name: QualifiedName, query: Expression) -> Self {
        Self {
            name,
            materialized: false,
            comment: None,
            columns: Vec::new(),
            query,
            with: BTreeMap::new(),
            check_option: None,
            method: None,
            tablespace: None,
            with_no_data: false,
            indexes: Vec::new(),
            depends_on: Vec::new(),
        }
    }
}

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ViewColumn {
    /// Its name, unquoted.
    pub name: String,
    /// `COMMENT ON COLUMN`.
    pub comment: Option<String>,
}
