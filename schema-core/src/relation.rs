//! What tables and views have in common: rows are read from both, and `schema!` lists both.

use crate::{
    Table,
    def::{ListedDef, TableDef, TableEntry},
    row::FromRow,
};

/// A struct that is a table or a view.
///
/// `#[derive(Table)]` and `#[derive(View)]` implement it.
///
/// # Examples
///
/// ```
/// use schema_core::relation::Relation;
///
/// fn columns<R: Relation>() -> Vec<&'static str> {
///     R::RELATION.columns.iter().map(|column| column.name).collect()
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "[T1331] `{Self}` is not a table or view",
    label = "this struct has no `#[derive(Table)]` or `#[derive(View)]`",
    note = "add #[derive(schema_core::Table)] to it, or #[derive(schema_core::View)]"
)]
pub trait Relation: for<'r> FromRow<'r> + 'static {
    /// Its name, columns and indexes.
    const RELATION: &'static TableDef;
    /// How [`schema!`](crate::schema!) lists it.
    const LISTED: ListedDef;
}

// That a view is no table would be said of every struct that is neither.
#[diagnostic::do_not_recommend]
impl<T: Table> Relation for T {
    const RELATION: &'static TableDef = T::TABLE;
    // `Table::ENTRY` in its parts: a constant is validated with all it refers to, and so each table once more.
    const LISTED: ListedDef = ListedDef::Table(TableEntry {
        table: T::TABLE,
        foreign_keys: T::FOREIGN_KEYS,
    });
}
