//! The tables of one schema against each other.
//!
//! A schema may have a thousand tables, and the compiler counts what a constant does. So all names go once into a table
//! of hashes, and each listed table looks its own up in a constant of its own.

use super::{
    code,
    foreign_key::push_columns,
    message::{Message, contains, same, same_table},
};
use crate::{
    def::{SchemaDef, TableDef, TableName},
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
    let (mut names, mut i) = (1, 0);
    while i < schema.tables.len() {
        names += 1 + named_relations(schema.tables[i].table);
        i += 1;
    }
    names * 2
}

/// Collects the names of a schema; of several equal ones, the first.
#[must_use]
pub const fn relations<const N: usize>(schema: &SchemaDef) -> Relations<N> {
    let mut found = Relations { slots: [EMPTY; N] };
    let mut i = 0;
    while i < schema.tables.len() {
        let table = schema.tables[i].table;
        found.insert(table.name, i, true);
        i += 1;
    }
    let mut i = 0;
    while i < schema.tables.len() {
        let table = schema.tables[i].table;
        let mut j = 0;
        while j < named_relations(table) {
            if let Some(name) = relation(table, j) {
                found.insert(name, i, false);
            }
            j += 1;
        }
        i += 1;
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
    let mut i = 0;
    while i < named_relations(table) {
        if let Some(name) = relation(table, i)
            && let Some(first) = relations.find(&name)
            && (first.table != index || first.is_table)
            && !schema.tables[first.table].table.columns.is_empty()
        {
            taken_name(schema, table, &name, first);
        }
        i += 1;
    }
    let mut i = 0;
    while i < entry.foreign_keys.len() {
        let key = &entry.foreign_keys[i];
        match relations.find(&key.referenced.name) {
            Some(found) if found.is_table => {}
            _ => unlisted(schema, table, key.columns, key.referenced),
        }
        i += 1;
    }
}

/// Checks that the schema lists the extensions its columns' types come from.
#[track_caller]
const fn extensions(schema: &SchemaDef, table: &TableDef) {
    let mut i = 0;
    while i < table.columns.len() {
        let column = &table.columns[i];
        let ty = match &column.sql_type {
            TypeDef::Array(element) => element,
            ty => ty,
        };
        if matches!(ty, TypeDef::Citext) && !contains(schema.extensions, "citext") {
            Message::new(code::EXTENSION_NOT_LISTED)
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
        i += 1;
    }
}

/// FNV-1a, cut to the machine's word.
const fn hash(name: &TableName) -> usize {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let bytes = name.name.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    // The low bits of a product depend on low bits alone.
    (hash ^ (hash >> 32)) as usize
}

/// How many constraints and indexes of a table are relations that could have a name of the user's.
const fn named_relations(table: &TableDef) -> usize {
    1 + table.uniques.len() + table.exclusions.len() + table.indexes.len()
}

/// The name the user gave to one of these relations. A relation lies in its table's namespace.
const fn relation(table: &TableDef, index: usize) -> Option<TableName> {
    let uniques = 1 + table.uniques.len();
    let exclusions = uniques + table.exclusions.len();
    let name = if index == 0 {
        match &table.primary_key {
            Some(key) => key.name,
            None => None,
        }
    } else if index < uniques {
        table.uniques[index - 1].name
    } else if index < exclusions {
        table.exclusions[index - uniques].name
    } else {
        table.indexes[index - exclusions].name
    };
    match name {
        Some(name) => Some(TableName {
            namespace: table.name.namespace,
            name,
        }),
        None => None,
    }
}

#[track_caller]
const fn taken_table(schema: &SchemaDef, table: &TableDef, first: usize) -> ! {
    let other = schema.tables[first].table.location;
    let name = table.location.rust_name;
    if same(other.rust_name, name)
        && same(other.file, table.location.file)
        && other.line == table.location.line
    {
        Message::new(code::LISTED_TWICE)
            .text(&[
                "table `",
                name,
                "` is listed twice in schema `",
                schema.name,
            ])
            .push("`\nhelp: remove one")
            .fail()
    }
    Message::new(code::TABLE_NAME_TAKEN)
        .text(&["`", other.rust_name, "` and `", name, "` are both table `"])
        .table(&table.name)
        .push("`\nhelp: give one of them another name with `#[table(name = \"…\")]`")
        .fail()
}

#[track_caller]
const fn taken_name(schema: &SchemaDef, table: &TableDef, name: &TableName, first: &Slot) -> ! {
    let mut message = Message::new(code::NAME_TAKEN);
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
    let mut message = Message::new(code::NOT_LISTED);
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
