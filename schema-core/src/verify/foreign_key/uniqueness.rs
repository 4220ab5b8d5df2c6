//! Whether columns are a key that a foreign key may reference.

use crate::{
    def::{IndexDef, IndexedDef, KeyDef, TableDef},
    verify::message::contains,
};

/// Whether columns are a key, and when it is checked.
pub(super) enum Uniqueness {
    None,
    /// Only by a deferrable constraint, which a foreign key cannot reference.
    Deferrable,
    Immediate,
}

/// Whether exactly these columns, in any order, are a key a foreign key may reference: a primary key, a unique
/// constraint, or a unique index over plain columns without a predicate
/// ([Foreign Keys](https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK)).
pub(super) const fn uniqueness(table: &TableDef, names: &[&str]) -> Uniqueness {
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
