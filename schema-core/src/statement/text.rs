//! The text of statements over whole rows.
//!
//! Names are quoted where PostgreSQL needs it and tables always stand in their namespace, so no search path and no
//! keyword changes what a statement means.

use crate::{
    Table,
    def::{ColumnDef, Identity, TableDef, TableName},
    ident::quote,
    relation::Relation,
};

/// The columns of a table behind the table's name, in the order of its struct's fields.
///
/// It goes into a query that has the table in its `FROM` under its own name.
///
/// # Examples
///
/// ```
/// use schema_core::def::{ColumnDef, Location, TableDef, TableName};
/// use schema_core::statement::{select_list, select_list_as};
///
/// const USERS: TableDef = TableDef {
///     columns: &[ColumnDef::of::<i64>("id", "id"), ColumnDef::of::<String>("name", "name")],
///     ..TableDef::new(
///         TableName::new("public", "users"),
///         Location::of("User"),
///     )
/// };
/// assert_eq!(select_list(&USERS), "users.id, users.name");
/// assert_eq!(
///     select_list_as(&USERS, "u", "author_"),
///     "u.id AS author_id, u.name AS author_name",
/// );
/// ```
#[must_use]
pub fn select_list(table: &TableDef) -> String {
    let from = quote(table.name.name);
    let columns = table.columns.iter();
    separated(&mut columns.map(|column| format!("{from}.{}", quote(column.name))))
}

/// The columns of a table that has the name `alias` in the `FROM`, each named with a prefix: that of the field they
/// are read into by name.
#[must_use]
pub fn select_list_as(table: &TableDef, alias: &str, prefix: &str) -> String {
    let from = quote(alias);
    separated(&mut table.columns.iter().map(|column| {
        let name = format!("{prefix}{}", column.name);
        format!("{from}.{} AS {}", quote(column.name), quote(&name))
    }))
}

/// `SELECT` of all columns of a table or view in the order of its struct's fields, without `WHERE`: for more clauses, append
/// them.
#[must_use]
pub fn select_text<T: Relation>() -> String {
    let relation = T::RELATION;
    let columns = names(&mut relation.columns.iter());
    format!("SELECT {columns} FROM {}", quote_table(&relation.name))
}

/// `INSERT` of one row, with a parameter for each value of [`Table::params`].
#[must_use]
pub fn insert_text<T: Table>() -> String {
    insert_rows_text(T::TABLE, 1)
}

/// `INSERT` of several rows at once.
pub(super) fn insert_rows_text(table: &TableDef, rows: usize) -> String {
    let columns = written_columns(table);
    let into = quote_table(&table.name);
    if columns.is_empty() {
        return format!("INSERT INTO {into} DEFAULT VALUES");
    }
    let width = columns.len();
    let mut values = String::new();
    for row in 0..rows {
        values.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            values.push_str(if column == 0 { "$" } else { ", $" });
            values.push_str(&(row * width + column + 1).to_string());
        }
        values.push(')');
    }
    let columns = names(&mut columns.into_iter());
    format!("INSERT INTO {into} ({columns}) VALUES {values}")
}

/// `COPY … FROM STDIN` of rows in the binary format
/// ([COPY](https://www.postgresql.org/docs/current/sql-copy.html)).
pub(super) fn copy_text(table: &TableDef) -> String {
    let columns = names(&mut written_columns(table).into_iter());
    format!(
        "COPY {} ({columns}) FROM STDIN (FORMAT binary)",
        quote_table(&table.name)
    )
}

/// The columns a row's values go into: all but those the server alone fills.
pub(super) fn written_columns(table: &TableDef) -> Vec<&'static ColumnDef> {
    let is_written = |column: &&ColumnDef| {
        let identity = column.identity.map(|identity| identity.generation);
        column.generated.is_none() && identity != Some(Identity::Always)
    };
    table.columns.iter().filter(is_written).collect()
}

pub(super) fn quote_table(table: &TableName) -> String {
    format!("{}.{}", quote(table.namespace), quote(table.name))
}

fn names(columns: &mut dyn Iterator<Item = &ColumnDef>) -> String {
    separated(&mut columns.map(|column| quote(column.name).into_owned()))
}

fn separated(items: &mut dyn Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::def::{IdentityDef, Location, SqlText};

    const fn table(columns: &'static [ColumnDef]) -> TableDef {
        TableDef {
            columns,
            ..TableDef::new(TableName::new("audit", "we\"ird"), Location::of("Weird"))
        }
    }

    const fn identity(generation: Identity) -> ColumnDef {
        ColumnDef {
            identity: Some(IdentityDef::new(generation)),
            ..ColumnDef::of::<i64>("id", "id")
        }
    }

    const ALWAYS: ColumnDef = identity(Identity::Always);
    const BY_DEFAULT: ColumnDef = identity(Identity::ByDefault);
    const ORDER: ColumnDef = ColumnDef::of::<i32>("order", "order");
    const GENERATED: ColumnDef = ColumnDef {
        generated: Some(SqlText(&[])),
        ..ORDER
    };

    #[test]
    fn what_the_server_alone_fills_is_not_written() {
        let text = insert_rows_text(&table(&[BY_DEFAULT, ORDER, GENERATED]), 2);
        let expected = r#"INSERT INTO audit."we""ird" (id, "order") VALUES ($1, $2), ($3, $4)"#;
        assert_eq!(text, expected);
        let text = copy_text(&table(&[ALWAYS, ORDER]));
        assert_eq!(
            text,
            r#"COPY audit."we""ird" ("order") FROM STDIN (FORMAT binary)"#
        );
    }

    #[test]
    fn a_table_that_fills_itself_takes_default_values() {
        let text = insert_rows_text(&table(&[ALWAYS]), 3);
        assert_eq!(text, r#"INSERT INTO audit."we""ird" DEFAULT VALUES"#);
    }
}
