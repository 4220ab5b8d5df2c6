//! Foreign keys against the tables they reference.

use super::{
    code::{self, Code},
    message::{Message, contains, nearest, same, same_table, type_name},
};
use crate::{
    def::{ColumnDef, ForeignKeyDef, IndexDef, IndexedDef, KeyDef, TableDef},
    ty::TypeDef,
};

/// Names collected for a suggestion; further ones are not considered.
const SUGGESTED: usize = 64;

/// Checks one referenced field of a foreign key, the one at `position`: that it exists and has the type of the column
/// that references it.
#[track_caller]
pub const fn referenced_column(table: &TableDef, key: &ForeignKeyDef, position: usize) {
    let field = key.referenced_fields[position];
    let Some(referenced) = by_field(key.referenced, field) else {
        // The stand-in of a table with errors of its own has no columns at all.
        if !key.referenced.columns.is_empty() {
            missing_field(code::NO_SUCH_FIELD, key.referenced, field);
        }
        return;
    };
    if key.columns.len() == key.referenced_fields.len()
        && let Some(referencing) = by_name(table, key.columns[position])
    {
        pair(table, referencing, key.referenced, referenced);
    }
}

/// Checks what a foreign key says as a whole: that it references a key of the other table, column by column.
#[track_caller]
pub const fn foreign_key(table: &TableDef, key: &ForeignKeyDef) {
    if key.referenced.columns.is_empty() {
        return;
    }
    if key.referenced_fields.is_empty() {
        return primary_key(table, key);
    }
    if key.columns.len() != key.referenced_fields.len() {
        wrong_number(table, key, key.referenced_fields.len());
    }
    let mut names = [""; 32];
    let mut i = 0;
    while i < key.referenced_fields.len() && i < names.len() {
        // What is wrong with one of the columns, `referenced_column` says at its field.
        match by_field(key.referenced, key.referenced_fields[i]) {
            Some(referenced) if is_pair(table, key.columns[i], referenced) => {
                names[i] = referenced.name;
            }
            _ => return,
        }
        i += 1;
    }
    let (names, _) = names.split_at(i);
    match uniqueness(key.referenced, names) {
        Uniqueness::Immediate => {}
        Uniqueness::Deferrable => deferrable(table, key, names),
        Uniqueness::None => not_unique(table, key, names),
    }
}

/// A foreign key that names no columns references the primary key.
#[track_caller]
const fn primary_key(table: &TableDef, key: &ForeignKeyDef) {
    let target = key.referenced;
    let Some(primary_key) = &target.primary_key else {
        no_primary_key(table, key);
    };
    if primary_key.columns.len() != key.columns.len() {
        wrong_number(table, key, primary_key.columns.len());
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
        deferrable(table, key, primary_key.columns);
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

/// Whether two columns are typed ids of one table, or neither is a typed id.
const fn same_entity(a: &ColumnDef, b: &ColumnDef) -> bool {
    match (&a.entity, &b.entity) {
        (Some(a), Some(b)) => same_table(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// Checks that two columns have one type and, for typed ids, belong to one table.
#[track_caller]
const fn pair(
    table: &TableDef,
    referencing: &ColumnDef,
    target: &TableDef,
    referenced: &ColumnDef,
) {
    let types = same_type(&referencing.sql_type, &referenced.sql_type);
    if types && same_entity(referencing, referenced) {
        return;
    }
    let mut message = Message::new(if types {
        code::ID_OF_OTHER_TABLE
    } else {
        code::TYPES_DIFFER
    });
    message
        .push("foreign key ")
        .column(table, referencing.name)
        .push(" is ");
    push_type(&mut message, referencing, types);
    message
        .push(", but ")
        .column(target, referenced.name)
        .push(" is ");
    push_type(&mut message, referenced, types);
    message.push("\nhelp: ");
    match &referenced.entity {
        // A name in Rust is known for the target alone.
        Some(entity) if same_table(entity, &target.name) => {
            let id = ["Id<", target.location.rust_name, ">"];
            message.text(&["make the field `", referencing.field, "` "]);
            if referencing.nullable {
                message.push("an `Option<").text(&id).push(">`");
            } else {
                message.push("an `").text(&id).push("`");
            }
        }
        _ => {
            message
                .push("give both the same type, or reference another column of `")
                .push(target.location.rust_name)
                .push("`");
        }
    }
    message.fail()
}

/// Appends what a column is: its SQL type, or where the two agree in that, whose id it is.
const fn push_type(message: &mut Message, column: &ColumnDef, types_agree: bool) {
    match &column.entity {
        _ if !types_agree => message.sql_type(&column.sql_type),
        Some(entity) => message.push("an id of `").table(entity).push("`"),
        None => message.push("a plain ").sql_type(&column.sql_type),
    };
}

/// Whether two columns hold the same values, lengths and precisions aside.
const fn same_type(a: &TypeDef, b: &TypeDef) -> bool {
    match (a, b) {
        (TypeDef::Array(a), TypeDef::Array(b)) => same_type(a, b),
        (TypeDef::Array(_), _) | (_, TypeDef::Array(_)) => false,
        // What a type written as text means, only the server knows.
        (TypeDef::Verbatim(_), _) | (_, TypeDef::Verbatim(_)) => true,
        (
            TypeDef::Named {
                namespace: Some(a), ..
            },
            TypeDef::Named {
                namespace: Some(b), ..
            },
        ) if !same(a, b) => false,
        _ => same(type_name(a), type_name(b)),
    }
}

enum Uniqueness {
    None,
    /// Only by a deferrable constraint, which a foreign key cannot reference.
    Deferrable,
    Immediate,
}

/// Whether exactly these columns, in any order, are a key a foreign key may reference: a primary key, a unique
/// constraint, or a unique index over plain columns without a predicate
/// ([Foreign Keys](https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK)).
const fn uniqueness(table: &TableDef, names: &[&str]) -> Uniqueness {
    let mut found = Uniqueness::None;
    if let Some(key) = &table.primary_key {
        found = best(found, key_uniqueness(key, names));
    }
    let mut i = 0;
    while i < table.uniques.len() {
        found = best(found, key_uniqueness(&table.uniques[i], names));
        i += 1;
    }
    let mut i = 0;
    while i < table.indexes.len() {
        if is_plain_unique(&table.indexes[i], names) {
            return Uniqueness::Immediate;
        }
        i += 1;
    }
    found
}

const fn best(a: Uniqueness, b: Uniqueness) -> Uniqueness {
    match (a, b) {
        (Uniqueness::Immediate, _) | (_, Uniqueness::Immediate) => Uniqueness::Immediate,
        (Uniqueness::Deferrable, _) | (_, Uniqueness::Deferrable) => Uniqueness::Deferrable,
        _ => Uniqueness::None,
    }
}

const fn key_uniqueness(key: &KeyDef, names: &[&str]) -> Uniqueness {
    if key.columns.len() != names.len() {
        return Uniqueness::None;
    }
    let mut i = 0;
    while i < names.len() {
        if !contains(key.columns, names[i]) {
            return Uniqueness::None;
        }
        i += 1;
    }
    if key.deferrable.is_some() {
        Uniqueness::Deferrable
    } else {
        Uniqueness::Immediate
    }
}

const fn is_plain_unique(index: &IndexDef, names: &[&str]) -> bool {
    if !index.unique || index.predicate.is_some() || index.keys.len() != names.len() {
        return false;
    }
    let mut i = 0;
    while i < index.keys.len() {
        match index.keys[i].key {
            IndexedDef::Column(name) if contains(names, name) => {}
            _ => return false,
        }
        i += 1;
    }
    true
}

pub(super) const fn by_field<'a>(table: &'a TableDef, field: &str) -> Option<&'a ColumnDef> {
    let mut i = 0;
    while i < table.columns.len() {
        if same(table.columns[i].field, field) {
            return Some(&table.columns[i]);
        }
        i += 1;
    }
    None
}

const fn by_name<'a>(table: &'a TableDef, name: &str) -> Option<&'a ColumnDef> {
    let mut i = 0;
    while i < table.columns.len() {
        if same(table.columns[i].name, name) {
            return Some(&table.columns[i]);
        }
        i += 1;
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
        "table `",
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
const fn wrong_number(table: &TableDef, key: &ForeignKeyDef, referenced: usize) -> ! {
    let mut message = Message::new(code::PRIMARY_KEY_COUNT);
    message
        .push("foreign key of `")
        .table(&table.name)
        .push("` has ");
    push_count(&mut message, key.columns.len());
    message.push(", but references ");
    push_count(&mut message, referenced);
    message.push(" of `").table(&key.referenced.name).push("`");
    if key.referenced_fields.is_empty() {
        message.push(", its primary key");
    }
    message
        .push(
            "\nhelp: name as many fields on both sides: `foreign_key(columns(a, b), references = ",
        )
        .push(key.referenced.location.rust_name)
        .push("(a, b))`")
        .fail()
}

const fn push_count(message: &mut Message, count: usize) {
    message
        .number(count as i128)
        .push(if count == 1 { " column" } else { " columns" });
}

#[track_caller]
const fn no_primary_key(table: &TableDef, key: &ForeignKeyDef) -> ! {
    let mut message = Message::new(code::NO_PRIMARY_KEY);
    let rust_name = key.referenced.location.rust_name;
    references(&mut message, table, key)
        .push("`")
        .table(&key.referenced.name)
        .push("`, which has no primary key\nhelp: name a unique field: `references = ")
        .text(&[rust_name, "(field)`"])
        .fail()
}

#[track_caller]
const fn deferrable(table: &TableDef, key: &ForeignKeyDef, names: &[&str]) -> ! {
    let mut message = Message::new(code::UNIQUE_DEFERRABLE);
    references(&mut message, table, key);
    push_columns(&mut message, key.referenced, names);
    message
        .push(", whose only unique constraint is deferrable")
        .push("\nhelp: PostgreSQL needs one that is checked at once: remove its `deferrable`")
        .fail()
}

#[track_caller]
const fn not_unique(table: &TableDef, key: &ForeignKeyDef, names: &[&str]) -> ! {
    let mut message = Message::new(code::NOT_UNIQUE);
    references(&mut message, table, key);
    push_columns(&mut message, key.referenced, names);
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
    message.push(key.referenced.location.rust_name).push("`");
    if let Some(primary_key) = &key.referenced.primary_key
        && let ([referencing], [referenced]) = (key.columns, primary_key.columns)
        && let Some(referenced) = by_name(key.referenced, referenced)
        && is_pair(table, referencing, referenced)
    {
        message
            .push(", or reference its primary key: `references = ")
            .push(key.referenced.location.rust_name)
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
