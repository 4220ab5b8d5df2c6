//! Rules of columns and their number.

use crate::{
    ast::{ColumnRef, Table},
    code,
    ctxt::Ctxt,
};

/// MaxHeapAttributeNumber, the most columns of a table ([Limits](https://www.postgresql.org/docs/current/limits.html)).
const MAX_COLUMNS: usize = 1600;

/// The columns every table has by itself ([System Columns](https://www.postgresql.org/docs/current/ddl-system-columns.html)).
const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    some_columns(cx, table);
    not_too_many(cx, table);
    one_name_each(cx, table);
    no_system_columns(cx, table);
}

/// The later ones of the columns named twice.
pub(super) fn twice(columns: &[ColumnRef]) -> impl Iterator<Item = &ColumnRef> {
    columns.iter().enumerate().filter_map(|(at, column)| {
        let earlier = columns[..at]
            .iter()
            .any(|other| other.index == column.index);
        earlier.then_some(column)
    })
}

/// PostgreSQL has tables without columns, but there is no row to map.
fn some_columns(cx: &Ctxt, table: &Table) {
    if table.columns.is_empty() {
        cx.error(
            code::NO_COLUMNS,
            table.ident.span(),
            format_args!("table `{}` has no columns", table.name.value),
            "add a field for each column; a field with `skip` is none",
        );
    }
}

/// The server refuses to create a wider table.
fn not_too_many(cx: &Ctxt, table: &Table) {
    let columns = table.columns.len();
    if columns > MAX_COLUMNS {
        cx.error(
            code::TOO_MANY_COLUMNS,
            table.columns[MAX_COLUMNS].ident.span(),
            format_args!(
                "table `{}` has {columns} columns, PostgreSQL takes at most {MAX_COLUMNS}",
                table.name.value
            ),
            "move some to a table of their own",
        );
    }
}

/// Two columns by one name cannot be told apart.
fn one_name_each(cx: &Ctxt, table: &Table) {
    for (at, column) in table.columns.iter().enumerate() {
        let earlier = table.columns[..at]
            .iter()
            .find(|other| other.name.value == column.name.value);
        if let Some(earlier) = earlier {
            cx.error(
                code::COLUMN_TWICE,
                column.name.span,
                format_args!(
                    "fields `{}` and `{}` are both column `{}`",
                    earlier.field, column.field, column.name.value
                ),
                "give one of them another `name`",
            );
        }
    }
}

/// The server keeps these names to itself.
fn no_system_columns(cx: &Ctxt, table: &Table) {
    for column in &table.columns {
        let name = column.name.value.as_str();
        if SYSTEM_COLUMNS.contains(&name) {
            cx.error(
                code::SYSTEM_COLUMN,
                column.name.span,
                format_args!("`{name}` is a system column, which every table has by itself"),
                format_args!("give it another name: `#[column(name = \"{name}_\")]`"),
            );
        }
    }
}
