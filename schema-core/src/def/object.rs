//! Objects that are declared as SQL text.

use super::{SqlText, TableDef, TableName};

/// An object with no words of its own: a function, a trigger, an operator, as the text that creates it.
#[derive(Debug, Clone, Copy)]
pub struct ObjectDef {
    /// What it is, in capitals: `FUNCTION`, `EVENT TRIGGER`.
    pub kind: &'static str,
    /// The namespace it lies in; `None` where its kind lies in none, or in its table's.
    pub namespace: Option<&'static str>,
    /// Its name, unquoted; empty for a cast.
    pub name: &'static str,
    /// What stands in the parentheses behind the name: a function's arguments, an operator's types.
    pub arguments: Option<SqlText>,
    /// The table of a trigger or rule.
    pub table: Option<TableName>,
    /// The index method of an operator class or family.
    pub method: Option<&'static str>,
    /// The statement.
    pub sql: SqlText,
    /// `COMMENT ON …`.
    pub comment: Option<&'static str>,
    /// What must be there before it, beside what its text names.
    pub depends_on: &'static [DependencyDef],
    /// The tables it must be there before.
    pub needed_by: &'static [&'static TableDef],
}

impl ObjectDef {
    /// An object of this kind and name, with nothing else said of it.
    #[must_use]
    pub const fn new(kind: &'static str, name: &'static str, sql: SqlText) -> Self {
        Self {
            kind,
            namespace: None,
            name,
            arguments: None,
            table: None,
            method: None,
            sql,
            comment: None,
            depends_on: &[],
            needed_by: &[],
        }
    }
}

/// What an object needs.
#[derive(Debug, Clone, Copy)]
pub enum DependencyDef {
    /// A table.
    Table(&'static TableDef),
    /// All objects of this name.
    Object(&'static str),
}
