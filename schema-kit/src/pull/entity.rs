//! Which columns are typed ids, and of which table.
//!
//! Columns that foreign keys connect have one Rust type. They are ids of a table where its key, a single BIGINT column, is
//! what all of them lead to; where they lead to several tables, or to none's key alone, they are plain numbers.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{QualifiedName, Schema, Table};

/// A column: its table's place in the schema, and its own in the table.
type Place = (usize, usize);

/// Typed ids, by table and column.
#[derive(Debug, Default)]
pub(super) struct Entities(BTreeMap<(QualifiedName, String), QualifiedName>);

impl Entities {
    /// Follows the foreign keys of a schema.
    pub(super) fn new(schema: &Schema) -> Self {
        let (pairs, other) = pairs(schema);
        let mut neighbors: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
        let mut referencing: BTreeSet<Place> = BTreeSet::new();
        for (from, to) in &pairs {
            neighbors.entry(*from).or_default().push(*to);
            neighbors.entry(*to).or_default().push(*from);
            if from != to {
                referencing.insert(*from);
            }
        }
        let mut entities = Self::default();
        let mut seen = BTreeSet::new();
        for (at, table) in schema.tables.iter().enumerate() {
            let Some(key) = key_column(table) else {
                continue;
            };
            let place = (at, key);
            if referencing.contains(&place) || !seen.insert(place) {
                continue;
            }
            let connected = connected(place, &neighbors);
            seen.extend(&connected);
            let mut ends = connected
                .iter()
                .filter(|place| !referencing.contains(place));
            if ends.any(|end| *end != place) || !connected.is_disjoint(&other) {
                continue;
            }
            for (table_at, column) in connected {
                let of = &schema.tables[table_at];
                let column = (of.name.clone(), of.columns[column].name.clone());
                entities.0.insert(column, table.name.clone());
            }
        }
        entities
    }

    /// The table whose id a column is.
    pub(super) fn of(&self, table: &QualifiedName, column: &str) -> Option<&QualifiedName> {
        self.0.get(&(table.clone(), column.to_owned()))
    }
}

/// The pairs of BIGINT columns that foreign keys make, one to itself being none; and those that reference another type.
fn pairs(schema: &Schema) -> (Vec<(Place, Place)>, BTreeSet<Place>) {
    let places: BTreeMap<&QualifiedName, usize> = schema
        .tables
        .iter()
        .enumerate()
        .map(|(at, table)| (&table.name, at))
        .collect();
    let (mut pairs, mut other) = (Vec::new(), BTreeSet::new());
    for (at, table) in schema.tables.iter().enumerate() {
        for key in &table.foreign_keys {
            let Some(referenced) = places.get(&key.referenced_table) else {
                continue;
            };
            for (from, to) in key.columns.iter().zip(&key.referenced_columns) {
                let from = number(table, from).map(|column| (at, column));
                let to = number(&schema.tables[*referenced], to).map(|to| (*referenced, to));
                match (from, to) {
                    (Some(from), Some(to)) if from != to => pairs.push((from, to)),
                    (Some(from), None) => {
                        other.insert(from);
                    }
                    _ => {}
                }
            }
        }
    }
    (pairs, other)
}

/// A BIGINT column's place in its table.
fn number(table: &Table, name: &str) -> Option<usize> {
    let mut columns = table.columns.iter();
    let at = columns.position(|column| column.name == name)?;
    is_bigint(table, at).then_some(at)
}

fn is_bigint(table: &Table, at: usize) -> bool {
    let ty = &table.columns[at].sql_type;
    ty.namespace.is_none() && ty.name == "bigint" && !ty.array
}

/// The one BIGINT column of a primary key.
fn key_column(table: &Table) -> Option<usize> {
    match table.primary_key.as_ref()?.columns.as_slice() {
        [one] => number(table, one),
        _ => None,
    }
}

fn connected(start: Place, neighbors: &BTreeMap<Place, Vec<Place>>) -> BTreeSet<Place> {
    let mut found = BTreeSet::from([start]);
    let mut left = vec![start];
    while let Some(place) = left.pop() {
        for next in neighbors.get(&place).into_iter().flatten() {
            if found.insert(*next) {
                left.push(*next);
            }
        }
    }
    found
}
