//! The tables of one schema against each other.
//!
//! A schema may have a thousand tables, and the compiler counts what a constant does. So all names go once into a table
//! of hashes, and each listed table looks its own up in a constant of its own.

use super::{
    foreign_key::push_columns,
    message::{Message, contains, same, same_table},
};
use crate::{
    def::{ExclusionDef, IndexDef, KeyDef, SchemaDef, TableDef, TableName},
    ty::TypeDef,
};

/// Every name that tables and indexes of a schema have in `pg_class`, by hash: `N` slots, at least twice as many as
/// names, probed linearly.
#[derive(Debug, Clone, Copy)]
pub struct Relations<const N: usize> {
    slots: [Slot; N],
}

/// A name and the listed table it belongs to; an empty slot has no name.
#[derive(Debug, Clone, Copy)]
struct Slot {
    name: TableName,
    table: usize,
    /// Whether it names the table itself.
    is_table: bool,
}

const EMPTY: Slot = Slot {
    name: TableName {
        namespace: "",
        name: "",
    },
    table: usize::MAX,
    is_table: false,
};

/// How many slots [`relations`] needs for a schema.
#[must_use]
pub const fn relation_slots(schema: &SchemaDef) -> usize {
    let mut names = 1;
    let mut tables = schema.tables;
    while let [entry, rest @ ..] = tables {
        names += 1 + Named::of(entry.table).count();
        tables = rest;
    }
    names * 2
}

/// Collects the names of a schema; of several equal ones, the first.
#[must_use]
pub const fn relations<const N: usize>(schema: &SchemaDef) -> Relations<N> {
    let mut found = Relations { slots: [EMPTY; N] };
    let (mut tables, mut i) = (schema.tables, 0);
    while let [entry, rest @ ..] = tables {
        found.insert(entry.table.name, i, true);
        (tables, i) = (rest, i + 1);
    }
    let (mut tables, mut i) = (schema.tables, 0);
    while let [entry, rest @ ..] = tables {
        let mut named = Named::of(entry.table);
        while let Some(name) = named.next() {
            found.insert(name, i, false);
        }
        (tables, i) = (rest, i + 1);
    }
    found
}

impl<const N: usize> Relations<N> {
    const fn insert(&mut self, name: TableName, table: usize, is_table: bool) {
        let slot = self.slot(&name);
        if self.slots[slot].table == usize::MAX {
            self.slots[slot] = Slot {
                name,
                table,
                is_table,
            };
        }
    }

    /// The slot that holds a name, or the empty one where it would go.
    const fn slot(&self, name: &TableName) -> usize {
        let mut slot = hash(name) % N;
        while self.slots[slot].table != usize::MAX && !same_table(&self.slots[slot].name, name) {
            slot = (slot + 1) % N;
        }
        slot
    }

    const fn find(&self, name: &TableName) -> Option<&Slot> {
        let slot = &self.slots[self.slot(name)];
        if slot.table == usize::MAX {
            None
        } else {
            Some(slot)
        }
    }
}

/// Checks one listed table: that its name and those of its indexes are its own, and that every table it references is
/// listed.
#[track_caller]
pub const fn schema_table<const N: usize>(
    schema: &SchemaDef,
    relations: &Relations<N>,
    index: usize,
) {
    let entry = &schema.tables[index];
    let table = entry.table;
    // The stand-in of a table with errors of its own has a name of its own, too.
    if table.columns.is_empty() {
        return;
    }
    extensions(schema, table);
    if let Some(first) = relations.find(&table.name)
        && first.table != index
        && !schema.tables[first.table].table.columns.is_empty()
    {
        taken_table(schema, table, first.table);
    }
    let mut named = Named::of(table);
    while let Some(name) = named.next() {
        if let Some(first) = relations.find(&name)
            && (first.table != index || first.is_table)
            && !schema.tables[first.table].table.columns.is_empty()
        {
            taken_name(schema, table, &name, first);
        }
    }
    let mut keys = entry.foreign_keys;
    while let [key, rest @ ..] = keys {
        match relations.find(&key.referenced.name) {
            Some(found) if found.is_table => {}
            _ => unlisted(schema, table, key.columns, key.referenced),
        }
        keys = rest;
    }
}

/// Checks that the schema lists the extensions its columns' types come from.
#[track_caller]
const fn extensions(schema: &SchemaDef, table: &TableDef) {
    let mut columns = table.columns;
    while let [column, rest @ ..] = columns {
        let ty = match &column.sql_type {
            TypeDef::Array(element) => element,
            ty => ty,
        };
        if matches!(ty, TypeDef::Citext) && !contains(schema.extensions, "citext") {
            Message::new()
                .push("column ")
                .column(table, column.name)
                .text(&[
                    " is CITEXT, a type of the extension `citext`, which schema `",
                    schema.name,
                    "` does not list",
                ])
                .push("\nhelp: write `extensions = [\"citext\"]` behind the tables")
                .fail()
        }
        columns = rest;
    }
}

/// FNV-1a over four bytes at a time, cut to the machine's word.
const fn hash(name: &TableName) -> usize {
    const PRIME: u64 = 0x0100_0000_01b3;
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut bytes = name.name.as_bytes();
    while let [a, b, c, d, rest @ ..] = bytes {
        let four = u32::from_le_bytes([*a, *b, *c, *d]);
        hash = (hash ^ four as u64).wrapping_mul(PRIME);
        bytes = rest;
    }
    while let [byte, rest @ ..] = bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(PRIME);
        bytes = rest;
    }
    // The low bits of a product depend on low bits alone.
    (hash ^ (hash >> 32)) as usize
}

/// The constraints and indexes of a table that are relations, those with a name of the user's one after the other. A
/// relation lies in its table's namespace.
struct Named {
    namespace: &'static str,
    primary_key: Option<KeyDef>,
    uniques: &'static [KeyDef],
    exclusions: &'static [ExclusionDef],
    indexes: &'static [IndexDef],
}

impl Named {
    const fn of(table: &TableDef) -> Self {
        Self {
            namespace: table.name.namespace,
            primary_key: table.primary_key,
            uniques: table.uniques,
            exclusions: table.exclusions,
            indexes: table.indexes,
        }
    }

    const fn next(&mut self) -> Option<TableName> {
        if let Some(KeyDef { name, .. }) = self.primary_key {
            self.primary_key = None;
            if let Some(name) = name {
                return self.named(name);
            }
        }
        while let [first, rest @ ..] = self.uniques {
            self.uniques = rest;
            if let Some(name) = first.name {
                return self.named(name);
            }
        }
        while let [first, rest @ ..] = self.exclusions {
            self.exclusions = rest;
            if let Some(name) = first.name {
                return self.named(name);
            }
        }
        while let [first, rest @ ..] = self.indexes {
            self.indexes = rest;
            if let Some(name) = first.name {
                return self.named(name);
            }
        }
        None
    }

    const fn named(&self, name: &'static str) -> Option<TableName> {
        Some(TableName {
            namespace: self.namespace,
            name,
        })
    }

    const fn count(mut self) -> usize {
        let mut count = 0;
        while self.next().is_some() {
            count += 1;
        }
        count
    }
}

#[track_caller]
const fn taken_table(schema: &SchemaDef, table: &TableDef, first: usize) -> ! {
    let mut message = Message::new();
    let other = schema.tables[first].table.location;
    let name = table.location.rust_name;
    if same(other.rust_name, name)
        && same(other.file, table.location.file)
        && other.line == table.location.line
    {
        message
            .text(&[
                "table `",
                name,
                "` is listed twice in schema `",
                schema.name,
            ])
            .push("`\nhelp: remove one")
            .fail()
    }
    message
        .text(&["`", other.rust_name, "` and `", name, "` are both table `"])
        .table(&table.name)
        .push("`\nhelp: give one of them another name with `#[table(name = \"…\")]`")
        .fail()
}

#[track_caller]
const fn taken_name(schema: &SchemaDef, table: &TableDef, name: &TableName, first: &Slot) -> ! {
    let mut message = Message::new();
    message
        .push("the name `")
        .table(name)
        .push("` is taken: in `")
        .push(table.location.rust_name);
    message.push("` it names an index or constraint, and ");
    message.push(if first.is_table {
        "it is the table of `"
    } else {
        "so it does in `"
    });
    message
        .push(schema.tables[first.table].table.location.rust_name)
        .push("`\nhelp: tables, indexes, primary keys, unique and exclusion constraints of one namespace share their names; change one")
        .fail()
}

#[track_caller]
const fn unlisted(
    schema: &SchemaDef,
    table: &TableDef,
    columns: &[&str],
    referenced: &TableDef,
) -> ! {
    let mut message = Message::new();
    message.push("foreign key ");
    push_columns(&mut message, table, columns);
    message
        .push(" references `")
        .table(&referenced.name)
        .text(&[
            "`, which schema `",
            schema.name,
            "` does not list\nhelp: add `",
        ])
        .text(&[referenced.location.rust_name, "` to the list"])
        .fail()
}
