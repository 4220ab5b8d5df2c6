//! Foreign keys against the tables they reference.

mod pair;
mod uniqueness;

use self::{
    pair::{pair, same_entity, same_type},
    uniqueness::{Uniqueness, uniqueness},
};
use super::{
    code::{self, Code},
    message::{Message, nearest, same, same_bytes},
};
use crate::def::{ColumnDef, ForeignKeyDef, TableDef};

/// Names collected for a suggestion; further ones are not considered.
const SUGGESTED: usize = 64;

/// A foreign key with what [`referenced_column`] found in the table it references.
#[derive(Debug, Clone, Copy)]
pub struct Referenced<'a> {
    table: &'a TableDef,
    key: &'a ForeignKeyDef,
    target: &'a TableDef,
    column: Option<&'a ColumnDef>,
}

/// Checks one referenced field of a foreign key, the one at `position`: that it exists and has the type of the column
/// that references it, the one at `column` of the table. Gives what it found, for [`foreign_key_column`].
#[track_caller]
pub const fn referenced_column<'a>(
    table: &'a TableDef,
    key: &'a ForeignKeyDef,
    target: &'a TableDef,
    position: usize,
    column: usize,
) -> Referenced<'a> {
    let field = key.referenced_fields[position];
    let found = by_field(target, field);
    match found {
        Some(referenced) if key.columns.len() == key.referenced_fields.len() => {
            pair(table, &table.columns[column], target, referenced);
        }
        // The stand-in of a table with errors of its own has no columns at all.
        None if !target.columns.is_empty() => {
            missing_field(code::NO_SUCH_FIELD, target, field);
        }
        _ => {}
    }
    Referenced {
        table,
        key,
        target,
        column: found,
    }
}

/// Checks a foreign key of one column as a whole: that it references a key of the other table.
#[track_caller]
pub const fn foreign_key_column(referenced: Referenced<'_>) {
    let Referenced {
        table,
        key,
        target,
        column,
    } = referenced;
    // What nearly all do needs no look at anything else.
    if let Some(column) = column
        && let Some(primary_key) = &target.primary_key
        && let ([only], None) = (primary_key.columns, primary_key.deferrable)
        && same(only, column.name)
        && let [_] = key.columns
    {
        return;
    }
    foreign_key(table, key, target);
}

/// Checks a foreign key of one column, the one at `column` of the table, that references the primary key.
#[track_caller]
pub const fn foreign_key_to_primary_key(
    table: &TableDef,
    key: &ForeignKeyDef,
    target: &TableDef,
    column: usize,
) {
    // What nearly all do needs no look for the column by its name.
    if let Some(primary_key) = &target.primary_key
        && let ([only], None) = (primary_key.columns, primary_key.deferrable)
        && let Some(referenced) = by_name(target, only)
    {
        return pair(table, &table.columns[column], target, referenced);
    }
    foreign_key(table, key, target);
}

/// Checks what a foreign key says as a whole: that it references a key of the other table, column by column.
#[track_caller]
pub const fn foreign_key(table: &TableDef, key: &ForeignKeyDef, target: &TableDef) {
    if target.columns.is_empty() {
        return;
    }
    if key.referenced_fields.is_empty() {
        primary_key(table, key, target);
    } else {
        fields(table, key, target);
    }
}

/// A foreign key that names columns references these together.
#[track_caller]
const fn fields(table: &TableDef, key: &ForeignKeyDef, target: &TableDef) {
    if key.columns.len() != key.referenced_fields.len() {
        wrong_number(table, key, target, key.referenced_fields.len());
    }
    let mut names = [""; 32];
    let mut i = 0;
    while i < key.referenced_fields.len() && i < names.len() {
        // What is wrong with one of the columns, `referenced_column` says at its field.
        match by_field(target, key.referenced_fields[i]) {
            Some(referenced) if is_pair(table, key.columns[i], referenced) => {
                names[i] = referenced.name;
            }
            _ => return,
        }
        i += 1;
    }
    let (names, _) = names.split_at(i);
    match uniqueness(target, names) {
        Uniqueness::Immediate => {}
        Uniqueness::Deferrable => deferrable(table, key, target, names),
        Uniqueness::None => not_unique(table, key, target, names),
    }
}

/// A foreign key that names no columns references the primary key.
#[track_caller]
const fn primary_key(table: &TableDef, key: &ForeignKeyDef, target: &TableDef) {
    let Some(primary_key) = &target.primary_key else {
        no_primary_key(table, key, target);
    };
    if primary_key.columns.len() != key.columns.len() {
        wrong_number(table, key, target, primary_key.columns.len());
    }
    let mut i = 0;
    while i < key.columns.len() {
        if let (Some(referencing), Some(referenced)) = (
            by_name(table, key.columns[i]),
            by_name(target, primary_key.columns[i]),
        ) {
            pair(table, referencing, target, referenced);
        }
        i += 1;
    }
    if primary_key.deferrable.is_some() {
        deferrable(table, key, target, primary_key.columns);
    }
}

/// Whether the column of this name agrees with the one it references.
const fn is_pair(table: &TableDef, name: &str, referenced: &ColumnDef) -> bool {
    match by_name(table, name) {
        Some(referencing) => {
            same_type(&referencing.sql_type, &referenced.sql_type)
                && same_entity(referencing, referenced)
        }
        None => false,
    }
}

pub(super) const fn by_field<'a>(table: &'a TableDef, field: &str) -> Option<&'a ColumnDef> {
    let field = field.as_bytes();
    let mut columns = table.columns;
    while let [column, rest @ ..] = columns {
        if same_bytes(column.field.as_bytes(), field) {
            return Some(column);
        }
        columns = rest;
    }
    None
}

const fn by_name<'a>(table: &'a TableDef, name: &str) -> Option<&'a ColumnDef> {
    let name = name.as_bytes();
    let mut columns = table.columns;
    while let [column, rest @ ..] = columns {
        if same_bytes(column.name.as_bytes(), name) {
            return Some(column);
        }
        columns = rest;
    }
    None
}

#[track_caller]
pub(super) const fn missing_field(code: Code, target: &TableDef, field: &str) {
    let mut fields = [""; SUGGESTED];
    let mut i = 0;
    while i < target.columns.len() && i < SUGGESTED {
        fields[i] = target.columns[i].field;
        i += 1;
    }
    let (fields, _) = fields.split_at(i);
    let mut message = Message::new(code);
    message.text(&[
        if target.is_view { "view `" } else { "table `" },
        target.name.name,
        "` (struct `",
        target.location.rust_name,
        "`) has no field `",
        field,
        "`",
    ]);
    if let Some(column) = by_name(target, field) {
        message.text(&[
            "\nhelp: the column `",
            field,
            "` is the field `",
            column.field,
            "`",
        ]);
    } else if let Some(near) = nearest(field, fields) {
        message.text(&["\nhelp: did you mean `", fields[near], "`?"]);
    } else {
        message.push("\nhelp: its fields are ").names(fields, "and");
    }
    message.fail()
}

/// Begins a message with the foreign key and the table it references.
const fn references<'m>(
    message: &'m mut Message,
    table: &TableDef,
    key: &ForeignKeyDef,
) -> &'m mut Message {
    message.push("foreign key ");
    push_columns(message, table, key.columns);
    message.push(" references ")
}

const fn push_list(message: &mut Message, names: &[&str]) {
    let mut i = 0;
    while i < names.len() {
        message.text(&[if i == 0 { "" } else { ", " }, names[i]]);
        i += 1;
    }
}

#[track_caller]
const fn wrong_number(
    table: &TableDef,
    key: &ForeignKeyDef,
    target: &TableDef,
    referenced: usize,
) -> ! {
    let mut message = Message::new(code::PRIMARY_KEY_COUNT);
    message
        .push("foreign key of `")
        .table(&table.name)
        .push("` has ");
    push_count(&mut message, key.columns.len());
    message.push(", but references ");
    push_count(&mut message, referenced);
    message.push(" of `").table(&target.name).push("`");
    if key.referenced_fields.is_empty() {
        message.push(", its primary key");
    }
    message
        .push(
            "\nhelp: name as many fields on both sides: `foreign_key(columns(a, b), references = ",
        )
        .push(target.location.rust_name)
        .push("(a, b))`")
        .fail()
}

const fn push_count(message: &mut Message, count: usize) {
    message
        .number(count as i128)
        .push(if count == 1 { " column" } else { " columns" });
}

#[track_caller]
const fn no_primary_key(table: &TableDef, key: &ForeignKeyDef, target: &TableDef) -> ! {
    let mut message = Message::new(code::NO_PRIMARY_KEY);
    let rust_name = target.location.rust_name;
    references(&mut message, table, key)
        .push("`")
        .table(&target.name)
        .push("`, which has no primary key\nhelp: name a unique field: `references = ")
        .text(&[rust_name, "(field)`"])
        .fail()
}

#[track_caller]
const fn deferrable(table: &TableDef, key: &ForeignKeyDef, target: &TableDef, names: &[&str]) -> ! {
    let mut message = Message::new(code::UNIQUE_DEFERRABLE);
    references(&mut message, table, key);
    push_columns(&mut message, target, names);
    message
        .push(", whose only unique constraint is deferrable")
        .push("\nhelp: PostgreSQL needs one that is checked at once: remove its `deferrable`")
        .fail()
}

#[track_caller]
const fn not_unique(table: &TableDef, key: &ForeignKeyDef, target: &TableDef, names: &[&str]) -> ! {
    let mut message = Message::new(code::NOT_UNIQUE);
    references(&mut message, table, key);
    push_columns(&mut message, target, names);
    message.push(if names.len() == 1 {
        ", which is not unique\nhelp: add `"
    } else {
        ", which are not unique together\nhelp: add `"
    });
    if names.len() == 1 {
        message.text(&[
            "#[column(unique)]` to the field `",
            key.referenced_fields[0],
            "` of `",
        ]);
    } else {
        message.push("unique(");
        push_list(&mut message, key.referenced_fields);
        message.push(")` to `#[table(…)]` of `");
    }
    message.push(target.location.rust_name).push("`");
    if let Some(primary_key) = &target.primary_key
        && let ([referencing], [referenced]) = (key.columns, primary_key.columns)
        && let Some(referenced) = by_name(target, referenced)
        && is_pair(table, referencing, referenced)
    {
        message
            .push(", or reference its primary key: `references = ")
            .push(target.location.rust_name)
            .push("`");
    }
    message.fail()
}

pub(super) const fn push_columns(message: &mut Message, table: &TableDef, names: &[&str]) {
    message.push("`").table(&table.name);
    if names.len() == 1 {
        message.text(&[".", names[0], "`"]);
    } else {
        message.push(" (");
        push_list(message, names);
        message.push(")`");
    }
}
