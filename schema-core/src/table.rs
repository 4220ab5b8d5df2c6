//! The trait `#[derive(Table)]` implements.

use crate::{
    ddl,
    def::{ForeignKeyDef, TableDef, TableEntry, TableName},
    error::Error,
    row::{FromRow, Param},
};

/// A struct that is a table.
///
/// Implemented by `#[derive(Table)]`, whose documentation lists every attribute.
#[diagnostic::on_unimplemented(
    message = "[T0210] `{Self}` is not a table",
    label = "this struct has no `#[derive(Table)]`",
    note = "add #[derive(schema_core::Table)] to it"
)]
pub trait Table: for<'r> FromRow<'r> + 'static {
    /// The table's name.
    const NAME: TableName;
    /// What the table says of itself alone.
    const TABLE: &'static TableDef;
    /// Its foreign keys.
    const FOREIGN_KEYS: &'static [ForeignKeyDef];
    /// Both, as [`schema!`](crate::schema!) lists them.
    const ENTRY: TableEntry = TableEntry {
        table: Self::TABLE,
        foreign_keys: Self::FOREIGN_KEYS,
    };

    /// The values of one row as parameters: one per column that can be written, in column order (no generated
    /// columns and no `identity = always`).
    fn params(&self) -> Vec<Param<'_>>;

    /// Renders the statements that create the table: `CREATE TABLE` with its constraints, its indexes and comments.
    ///
    /// The types and tables it refers to must be there first; [`ddl::script`] orders a whole schema.
    ///
    /// # Errors
    ///
    /// A verbatim type (`type = "…"`) that is not the name of a type.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::{Id, Table};
    ///
    /// #[derive(Table)]
    /// #[table(name = "users")]
    /// struct User {
    ///     #[column(primary_key)]
    ///     id: Id<User>,
    /// }
    ///
    /// assert_eq!(
    ///     User::ddl()?,
    ///     "CREATE TABLE users (\n    id bigint NOT NULL,\n    CONSTRAINT users_pkey PRIMARY KEY (id)\n);\n"
    /// );
    /// # Ok::<(), schema_core::Error>(())
    /// ```
    fn ddl() -> Result<String, Error> {
        Ok(ddl::table_script(&Self::ENTRY)?)
    }
}
