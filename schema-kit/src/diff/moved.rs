//! Tables that become partitions, partitions that become tables, and partitions of one table that become another's: their
//! rows stay where they are.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{Partition, QualifiedName, Schema, Table};

/// Where a table stands in a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// By itself.
    Alone(&'a Table),
    /// As a partition of a table, or of another partition.
    Below(&'a QualifiedName, &'a Partition),
}

impl<'a> Place<'a> {
    /// The table as the schema has it; of a partition only what it says itself.
    #[must_use]
    pub fn table(self) -> &'a Table {
        match self {
            Self::Alone(table) => table,
            Self::Below(_, partition) => &partition.table,
        }
    }

    /// What it is a partition of.
    #[must_use]
    pub fn above(self) -> Option<&'a QualifiedName> {
        match self {
            Self::Alone(_) => None,
            Self::Below(above, _) => Some(above),
        }
    }
}

/// A table that both schemas have, in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved<'a> {
    /// Where it was.
    pub previous: Place<'a>,
    /// Where it is to be.
    pub next: Place<'a>,
}

impl<'a> Moved<'a> {
    /// Its name, which is the same in both places.
    #[must_use]
    pub fn name(self) -> &'a QualifiedName {
        &self.next.table().name
    }
}

/// Finds the tables that moved, by name.
pub(super) fn moved<'a>(previous: &'a Schema, next: &'a Schema) -> Vec<Moved<'a>> {
    let mut tables = previous.tables.iter().chain(&next.tables);
    if tables.all(|table| table.partition_by.is_none()) {
        return Vec::new();
    }
    let (before, after) = (places(previous), places(next));
    let pairs = after.into_iter().filter_map(|(name, next)| {
        let previous = *before.get(name)?;
        Some(Moved { previous, next })
    });
    pairs
        .filter(|pair| pair.previous.above() != pair.next.above())
        .collect()
}

/// Where the tables of a schema and their partitions stand, by name.
pub(crate) fn places(schema: &Schema) -> BTreeMap<&QualifiedName, Place<'_>> {
    let alone = schema.tables.iter();
    let mut places: BTreeMap<_, _> = alone.map(|it| (&it.name, Place::Alone(it))).collect();
    for (above, partition) in schema.tables.iter().flat_map(Table::partitions) {
        places.insert(&partition.table.name, Place::Below(above, partition));
    }
    places
}

/// The names of what moved.
pub(crate) fn names<'a>(moved: &[Moved<'a>]) -> BTreeSet<&'a QualifiedName> {
    moved.iter().map(|moved| moved.name()).collect()
}
