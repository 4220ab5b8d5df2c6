//! The tables and views of one schema against each other.
//!
//! A schema may have a thousand tables, and the compiler counts what a constant does. So all names go once into a table
//! of hashes, and each listed table looks its own up in a constant of its own.

use super::{
    code,
    extension::extensions,
    foreign_key::push_columns,
    message::{Message, same, same_table},
    partition::partition_name,
    type_name::{own_types, type_count},
};
use crate::def::{
    ColumnDef, ExclusionDef, ForeignKeyDef, IndexDef, KeyDef, ListedDef, PartitionByDef, SchemaDef,
    TableDef, TableName, TypeObjectDef,
};

/// Every name that tables, views and indexes of a schema have in `pg_class`, and that the types of their columns have in
/// `pg_type`, by hash: `N` slots, at least twice as many as names, probed linearly.
#[derive(Debug, Clone, Copy)]
pub struct Relations<const N: usize> {
    slots: [Slot; N],
    /// Whether a name was there twice, so that each table is to look its own up.
    is_taken: bool,
    /// Whether there are types among them, which few schemas have.
    has_types: bool,
}

/// A name and the listed table it belongs to; an empty slot has no name.
#[derive(Debug, Clone, Copy)]
struct Slot {
    name: TableName,
    table: usize,
    /// Whether it names the table or view itself.
    is_table: bool,
    /// Whether it names a table, a view or a partition, each of which is a type, too.
    is_type: bool,
    /// The type it names, where it is of a type alone.
    object: Option<&'static TypeObjectDef>,
}

impl Slot {
    const fn new(name: TableName, table: usize) -> Self {
        Self {
            name,
            table,
            ..EMPTY
        }
    }
}

const EMPTY: Slot = Slot {
    name: TableName::hashed("", "", 0),
    table: usize::MAX,
    is_table: false,
    is_type: false,
    object: None,
};

/// How many slots [`relations`] needs for a schema.
#[must_use]
pub const fn relation_slots(mut listed: &[ListedDef]) -> usize {
    let mut names = 1;
    while let [first, rest @ ..] = listed {
        let table = first.relation();
        names += 1 + Named::of(table).count() + type_count(table.columns);
        listed = rest;
    }
    names * 2
}

/// Collects the names of a schema; of several equal ones, the first.
#[must_use]
pub const fn relations<const N: usize>(listed: &[ListedDef]) -> Relations<N> {
    let mut found = Relations {
        slots: [EMPTY; N],
        is_taken: false,
        has_types: false,
    };
    let (mut tables, mut i) = (listed, 0);
    while let [first, rest @ ..] = tables {
        found.insert(Slot {
            is_table: true,
            is_type: true,
            ..Slot::new(first.relation().name, i)
        });
        (tables, i) = (rest, i + 1);
    }
    let (mut tables, mut i) = (listed, 0);
    while let [first, rest @ ..] = tables {
        let mut named = Named::of(first.relation());
        while let Some((namespace, name)) = named.next() {
            let name = TableName::new(namespace, name);
            found.insert(Slot {
                is_type: named.partition > 0,
                ..Slot::new(name, i)
            });
        }
        insert_types(&mut found, first.relation().columns, i);
        (tables, i) = (rest, i + 1);
    }
    found
}

impl<const N: usize> Relations<N> {
    /// The listed table that has this name, or an index or constraint by it.
    pub(super) const fn owner(&self, name: &TableName) -> Option<usize> {
        match self.find(name) {
            Some(slot) => Some(slot.table),
            None => None,
        }
    }

    /// Whether two relations have one name.
    pub(super) const fn has_taken(&self) -> bool {
        self.is_taken
    }

    const fn insert(&mut self, new: Slot) {
        let slot = self.slot(&new.name, new.object.is_some());
        if self.slots[slot].table == usize::MAX {
            self.slots[slot] = new;
        } else if new.object.is_none() {
            self.is_taken = true;
        }
    }

    /// The slot that holds a name, of a type alone or of a relation, or the empty one where it would go.
    const fn slot(&self, name: &TableName, of_type: bool) -> usize {
        let mut at = (name.hash() % N as u64) as usize;
        loop {
            let slot = &self.slots[at];
            if slot.table == usize::MAX
                || slot.object.is_some() == of_type && same_table(&slot.name, name)
            {
                return at;
            }
            at = (at + 1) % N;
        }
    }

    /// The first type of this name.
    pub(super) const fn type_object(&self, name: &TableName) -> Option<&'static TypeObjectDef> {
        self.slots[self.slot(name, true)].object
    }

    /// Where in the list that stands by whose name there is a type besides: a table, a view or one with such a partition; or
    /// any relation, where the type is one itself.
    pub(super) const fn type_owner(&self, name: &TableName, of_any: bool) -> Option<usize> {
        match self.find(name) {
            Some(slot) if slot.is_type || of_any => Some(slot.table),
            _ => None,
        }
    }

    const fn find(&self, name: &TableName) -> Option<&Slot> {
        let slot = &self.slots[self.slot(name, false)];
        if slot.table == usize::MAX {
            None
        } else {
            Some(slot)
        }
    }

    /// Where in the list the table or view of this name stands.
    pub(super) const fn listed(&self, name: &TableName) -> Option<usize> {
        match self.find(name) {
            Some(found) if found.is_table => Some(found.table),
            _ => None,
        }
    }
}

/// Checks one listed table or view: that its name and those of its indexes are its own, and that every table it
/// references or reads is listed.
#[track_caller]
pub const fn listed<const N: usize>(
    schema: &SchemaDef,
    listed: &[ListedDef],
    relations: &Relations<N>,
    index: usize,
) {
    let table = listed[index].relation();
    // The stand-in of a table with errors of its own has a name of its own, too.
    if table.columns.is_empty() {
        return;
    }
    extensions(schema, table);
    if relations.is_taken {
        own_names(schema, listed, relations, index);
    }
    if relations.has_types {
        own_types(listed, relations, index);
    }
    match &listed[index] {
        ListedDef::Table(entry) => {
            let mut keys = entry.foreign_keys;
            while let [key, rest @ ..] = keys {
                if relations.listed(&key.referenced).is_none() {
                    unlisted(schema, table, key);
                }
                keys = rest;
            }
        }
        ListedDef::View(view) => super::view::used(schema, listed, relations, view),
    }
}

/// Checks that the name of a listed table or view, and those of its indexes, are its own.
#[track_caller]
const fn own_names<const N: usize>(
    schema: &SchemaDef,
    listed: &[ListedDef],
    relations: &Relations<N>,
    index: usize,
) {
    let table = listed[index].relation();
    if let Some(first) = relations.find(&table.name)
        && first.table != index
        && !listed[first.table].relation().columns.is_empty()
    {
        taken_table(schema, &listed[index], &listed[first.table]);
    }
    let mut named = Named::of(table);
    while let Some((namespace, name)) = named.next() {
        let name = TableName::new(namespace, name);
        if let Some(first) = relations.find(&name)
            && (first.table != index || first.is_table)
            && !listed[first.table].relation().columns.is_empty()
        {
            taken_name(table, &name, &listed[first.table], first.is_table);
        }
    }
}

const fn insert_types<const N: usize>(
    found: &mut Relations<N>,
    mut columns: &[ColumnDef],
    table: usize,
) {
    while let [column, rest @ ..] = columns {
        if let Some(object) = column.facts.type_object {
            found.has_types = true;
            found.insert(Slot {
                object: Some(object),
                ..Slot::new(object.name, table)
            });
            insert_types(found, object.columns(), table);
        }
        columns = rest;
    }
}

/// The constraints, indexes and partitions of a table that are relations, those with a name of the user's one after the
/// other. All but partitions lie in their table's namespace.
struct Named<'a> {
    namespace: &'static str,
    primary_key: Option<KeyDef>,
    uniques: &'static [KeyDef],
    exclusions: &'static [ExclusionDef],
    indexes: &'static [IndexDef],
    partition_by: &'a Option<PartitionByDef>,
    /// How many partitions were told already.
    partition: usize,
}

impl<'a> Named<'a> {
    const fn of(table: &'a TableDef) -> Self {
        Self {
            namespace: table.name.namespace,
            primary_key: table.primary_key,
            uniques: table.uniques,
            exclusions: table.exclusions,
            indexes: table.indexes,
            partition_by: &table.partition_by,
            partition: 0,
        }
    }

    /// The next one's namespace and name, of which a hash is made where it is looked up alone.
    const fn next(&mut self) -> Option<(&'static str, &'static str)> {
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
        self.partition += 1;
        match partition_name(self.partition_by, self.partition - 1) {
            Some(name) => Some((name.namespace, name.name)),
            None => None,
        }
    }

    const fn named(&self, name: &'static str) -> Option<(&'static str, &'static str)> {
        Some((self.namespace, name))
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
const fn taken_table(schema: &SchemaDef, second: &ListedDef, first: &ListedDef) -> ! {
    let table = second.relation();
    let other = first.relation().location;
    let name = table.location.rust_name;
    if same(other.rust_name, name)
        && same(other.file, table.location.file)
        && other.line == table.location.line
    {
        Message::new(code::LISTED_TWICE)
            .text(&[
                second.kind(),
                " `",
                name,
                "` is listed twice in schema `",
                schema.name,
            ])
            .push("`\nhelp: remove one")
            .fail()
    }
    if let (ListedDef::Table(_), ListedDef::Table(_)) = (first, second) {
        Message::new(code::TABLE_NAME_TAKEN)
            .text(&["`", other.rust_name, "` and `", name, "` are both table `"])
            .table(&table.name)
            .push("`\nhelp: give one of them another name with `#[table(name = \"…\")]`")
            .fail()
    }
    Message::new(code::TABLE_NAME_TAKEN)
        .text(&[first.kind(), " `", other.rust_name, "` and "])
        .text(&[second.kind(), " `", name, "` are both called `"])
        .table(&table.name)
        .push("`\nhelp: tables and views share their names; give one of them another `name`")
        .fail()
}

#[track_caller]
const fn taken_name(table: &TableDef, name: &TableName, first: &ListedDef, is_table: bool) -> ! {
    let mut message = Message::new(code::NAME_TAKEN);
    message
        .push("the name `")
        .table(name)
        .push("` is taken: in `")
        .push(table.location.rust_name);
    message.push("` it names an index, constraint or partition, and ");
    if is_table {
        message.text(&["it is the ", first.kind(), " of `"]);
    } else {
        message.push("so it does in `");
    }
    message
        .push(first.relation().location.rust_name)
        .push("`\nhelp: tables, partitions, indexes, primary keys, unique and exclusion constraints of one namespace share their names; change one")
        .fail()
}

#[track_caller]
const fn unlisted(schema: &SchemaDef, table: &TableDef, key: &ForeignKeyDef) -> ! {
    let mut message = Message::new(code::NOT_LISTED);
    message.push("foreign key ");
    push_columns(&mut message, table, key.columns);
    message
        .push(" references `")
        .table(&key.referenced)
        .text(&[
            "`, which schema `",
            schema.name,
            "` does not list\nhelp: add `",
        ])
        .text(&[key.referenced_struct, "` to the list"])
        .fail()
}
