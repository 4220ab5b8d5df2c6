//! Views and materialized views, and what `schema!` lists.

use super::{Location, TableDef, TableEntry, TableName};

/// A view as its struct declares it.
#[derive(Debug, Clone, Copy)]
pub struct ViewDef {
    /// What it has as a table has it: name, location, comment, columns and, if it is materialized, indexes. Nothing
    /// else of a table is set.
    pub relation: &'static TableDef,
    /// `AS`: the query it stands for.
    pub query: QueryText,
    /// The tables and views the query reads, each once.
    pub uses: &'static [&'static TableDef],
    /// Whether the rows are kept: `CREATE MATERIALIZED VIEW`.
    pub materialized: bool,
    /// `WITH (…)`: options of a view, storage parameters of a materialized one.
    pub with: &'static [(&'static str, &'static str)],
    /// `WITH … CHECK OPTION`; only of a plain view.
    pub check_option: Option<CheckOption>,
    /// `USING`: the table access method of a materialized view; `None` is the server's default.
    pub method: Option<&'static str>,
    /// `TABLESPACE`, only of a materialized view.
    pub tablespace: Option<&'static str>,
    /// `WITH NO DATA`: a materialized view that cannot be read until it is refreshed.
    pub with_no_data: bool,
}

impl ViewDef {
    /// A plain view of a query, with nothing else said of it.
    #[must_use]
    pub const fn new(relation: &'static TableDef, query: QueryText) -> Self {
        Self {
            relation,
            query,
            uses: &[],
            materialized: false,
            with: &[],
            check_option: None,
            method: None,
            tablespace: None,
            with_no_data: false,
        }
    }
}

/// Which rows may be written through a view
/// ([`CREATE VIEW`](https://www.postgresql.org/docs/current/sql-createview.html)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckOption {
    /// `LOCAL`: those that fulfil the view's own condition.
    Local,
    /// `CASCADED`: those that fulfil its condition and those of the views below it.
    Cascaded,
}

/// A query with its placeholders resolved.
#[derive(Debug, Clone, Copy)]
pub struct QueryText(pub &'static [QueryPart]);

/// One part of a [`QueryText`].
#[derive(Debug, Clone, Copy)]
pub enum QueryPart {
    /// SQL as the user wrote it.
    Text(&'static str),
    /// An identifier.
    Name(&'static str),
    /// A table or view with its namespace.
    Table(TableName),
    /// A column of a table or view, by its field.
    Column(&'static TableDef, &'static str),
}

/// One entry of the list in [`schema!`](crate::schema!).
#[derive(Debug, Clone, Copy)]
pub enum ListedDef {
    /// A table.
    Table(TableEntry),
    /// A view.
    View(&'static ViewDef),
}

impl ListedDef {
    /// What it has as a table has it.
    #[must_use]
    pub const fn relation(&self) -> &'static TableDef {
        match self {
            Self::Table(entry) => entry.table,
            Self::View(view) => view.relation,
        }
    }

    /// What messages call it.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Table(_) => "table",
            Self::View(_) => "view",
        }
    }
}

/// How many of these are tables.
#[doc(hidden)]
#[must_use]
pub const fn count_tables(listed: &[ListedDef]) -> usize {
    let (mut count, mut i) = (0, 0);
    while i < listed.len() {
        if let ListedDef::Table(_) = &listed[i] {
            count += 1;
        }
        i += 1;
    }
    count
}

/// What stands in an array until it is filled.
static NOTHING: TableDef = TableDef::new(
    TableName::hashed("", "", 0),
    Location {
        rust_name: "",
        file: "",
        line: 0,
        column: 0,
    },
);

/// The tables among these, `N` of them, in their order.
#[doc(hidden)]
#[must_use]
pub const fn tables<const N: usize>(listed: &[ListedDef]) -> [TableEntry; N] {
    let mut found = [TableEntry {
        table: &NOTHING,
        foreign_keys: &[],
    }; N];
    let (mut at, mut i) = (0, 0);
    while i < listed.len() {
        if let ListedDef::Table(entry) = listed[i] {
            found[at] = entry;
            at += 1;
        }
        i += 1;
    }
    found
}

/// The views among these, `N` of them, in their order.
#[doc(hidden)]
#[must_use]
pub const fn views<const N: usize>(listed: &[ListedDef]) -> [&'static ViewDef; N] {
    static NONE: ViewDef = ViewDef::new(&NOTHING, QueryText(&[]));
    let mut found = [&NONE; N];
    let (mut at, mut i) = (0, 0);
    while i < listed.len() {
        if let ListedDef::View(view) = listed[i] {
            found[at] = view;
            at += 1;
        }
        i += 1;
    }
    found
}
