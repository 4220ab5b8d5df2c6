//! Rules of defaults and generated columns.

use crate::{
    ast::{Action, Default, ForeignKey, SqlPart, SqlText, Table},
    code,
    ctxt::Ctxt,
};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    default_names_no_column(cx, table);
    generated_names_no_generated(cx, table);
    for foreign_key in &table.foreign_keys {
        action_leaves_generated_alone(cx, table, foreign_key);
    }
}

/// A default is computed before there is a row: the server refuses a column in it.
fn default_names_no_column(cx: &Ctxt, table: &Table) {
    for column in &table.columns {
        let Some(Default::Sql(sql)) = column.default.as_ref().map(|default| &default.value) else {
            continue;
        };
        if let Some(index) = columns_of(sql).next() {
            cx.error(
                code::DEFAULT_NAMES_COLUMN,
                sql.span,
                format_args!(
                    "the default of column `{}` names column `{}`, but a default knows no row",
                    column.name.value, table.columns[index].name.value
                ),
                "write `generated = sql(\"…\")` for a value computed from other columns",
            );
        }
    }
}

/// The server computes generated columns from plain ones alone.
fn generated_names_no_generated(cx: &Ctxt, table: &Table) {
    for column in &table.columns {
        let Some(sql) = &column.generated else {
            continue;
        };
        let other = columns_of(sql).find(|index| table.columns[*index].generated.is_some());
        if let Some(other) = other {
            cx.error(
                code::GENERATED_OF_GENERATED,
                sql.span,
                format_args!(
                    "generated column `{}` names generated column `{}`",
                    column.name.value, table.columns[other].name.value
                ),
                "write out the other column's expression instead",
            );
        }
    }
}

/// An action that writes a referencing column cannot write a generated one.
fn action_leaves_generated_alone(cx: &Ctxt, table: &Table, foreign_key: &ForeignKey) {
    let mut columns = foreign_key
        .columns
        .iter()
        .map(|column| &table.columns[column.index]);
    let Some(generated) = columns.find(|column| column.generated.is_some()) else {
        return;
    };
    let actions = [
        ("on_delete", &foreign_key.on_delete),
        ("on_update", &foreign_key.on_update),
    ];
    for (word, action) in actions {
        let Some(action) = action else { continue };
        let writes = match action.value {
            Action::SetNull(_) | Action::SetDefault(_) => true,
            Action::Cascade => word == "on_update",
            Action::NoAction | Action::Restrict => false,
        };
        if writes {
            cx.error(
                code::ACTION_ON_GENERATED,
                action.span,
                format_args!(
                    "this `{word}` would write column `{}`, which is generated",
                    generated.name.value
                ),
                format_args!("use `{word} = no_action` or `restrict`"),
            );
        }
    }
}

fn columns_of(sql: &SqlText) -> impl Iterator<Item = usize> {
    sql.parts.iter().filter_map(|part| match part {
        SqlPart::Column(index) => Some(*index),
        SqlPart::Text(_) => None,
    })
}
