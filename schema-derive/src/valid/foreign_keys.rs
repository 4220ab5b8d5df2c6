//! Rules of foreign keys, as far as one struct shows them.

use crate::{
    ast::{Action, ColumnRef, ForeignKey, Table},
    case::plain,
    code,
    ctxt::Ctxt,
    suggest,
};

use super::keys::MAX_KEYS;

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    for foreign_key in &table.foreign_keys {
        as_many_on_both_ends(cx, table, foreign_key);
        referenced_field_once(cx, foreign_key);
        set_columns_are_of_the_key(cx, table, foreign_key);
        if foreign_key.columns.len() > MAX_KEYS {
            cx.error(
                code::TOO_MANY_KEY_COLUMNS,
                foreign_key.span,
                format_args!(
                    "this foreign key has {} columns, PostgreSQL takes at most {MAX_KEYS}",
                    foreign_key.columns.len()
                ),
                "leave some out",
            );
        }
    }
}

/// Each column references one field. Against a primary key, which is not in sight, the compiler counts.
fn as_many_on_both_ends(cx: &Ctxt, table: &Table, foreign_key: &ForeignKey) {
    let (columns, fields) = (
        foreign_key.columns.len(),
        foreign_key.referenced_fields.len(),
    );
    if fields == 0 || columns == 0 || columns == fields {
        return;
    }
    let referenced: Vec<String> = foreign_key.referenced_fields.iter().map(plain).collect();
    let referenced: Vec<&str> = referenced.iter().map(String::as_str).collect();
    let last = foreign_key.referenced.segments.last();
    let table_name = last.map_or(String::new(), |segment| segment.ident.to_string());
    cx.error(
        code::COLUMN_COUNT,
        foreign_key.span,
        format_args!(
            "this foreign key has {columns} {} ({}), but references {fields} of `{table_name}` ({})",
            if columns == 1 { "column" } else { "columns" },
            list(table, &foreign_key.columns),
            suggest::list(&referenced),
        ),
        if columns == 1 {
            "write it on the struct: `#[table(foreign_key(columns(…), references = …))]`"
        } else {
            "name as many columns as fields, in the same order"
        },
    );
}

/// The server refuses a referenced column named twice.
fn referenced_field_once(cx: &Ctxt, foreign_key: &ForeignKey) {
    let fields = &foreign_key.referenced_fields;
    for (at, field) in fields.iter().enumerate() {
        if fields[..at]
            .iter()
            .any(|other| plain(other) == plain(field))
        {
            cx.error(
                code::REFERENCED_TWICE,
                field.span(),
                format_args!(
                    "`{}` stands twice among the referenced fields",
                    plain(field)
                ),
                "reference each field once",
            );
        }
    }
}

/// The action sets columns of the foreign key, no others.
fn set_columns_are_of_the_key(cx: &Ctxt, table: &Table, foreign_key: &ForeignKey) {
    let Some(Action::SetNull(set) | Action::SetDefault(set)) =
        foreign_key.on_delete.as_ref().map(|action| &action.value)
    else {
        return;
    };
    let key = &foreign_key.columns;
    for column in set {
        if !key.iter().any(|other| other.index == column.index) {
            cx.error(
                code::ACTION_OF_OTHER_COLUMN,
                column.span,
                format_args!(
                    "`{}` is not a column of this foreign key",
                    table.columns[column.index].field
                ),
                format_args!("its columns are {}", list(table, key)),
            );
        }
    }
}

/// The fields of columns, as messages list them.
fn list(table: &Table, columns: &[ColumnRef]) -> String {
    let columns = columns.iter();
    let fields = columns.map(|column| table.columns[column.index].field.as_str());
    suggest::list(&fields.collect::<Vec<_>>())
}
