//! Foreign keys that stand in the way of a change at one of their ends: dropped before it and added after it.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{ForeignKey, Index, Indexed, QualifiedName, Schema, SqlType, Table};

use super::{
    super::{convert::is_comparable, lookup::Lookup, step::Step},
    Context, column, comment, constraint, index,
};
use crate::diff::{AlterTable, Change, Diff, Pair};

/// Foreign keys by their table and their name before the plan.
pub(super) type ForeignKeys = BTreeSet<(QualifiedName, String)>;

/// Finds the foreign keys that both schemas have and that cannot stay while the plan runs.
pub(super) fn made_again(diff: &Diff<'_>, previous: &Schema, next: &Lookup<'_>) -> ForeignKeys {
    let mut changed = Changed::default();
    for alter in diff.altered_tables() {
        changed.read(alter);
    }
    if changed.is_empty() {
        return ForeignKeys::new();
    }
    let mut found = ForeignKeys::new();
    for table in &previous.tables {
        let stays = next.table(&table.name).is_some();
        let keys = table.foreign_keys.iter();
        for key in keys.filter(|key| stays && changed.touches(table, key)) {
            found.insert((table.name.clone(), key.name.clone()));
        }
    }
    found
}

/// What foreign keys rest on that does not stay.
#[derive(Default)]
struct Changed<'a> {
    /// The columns of keys and unique indexes that go or are made again, by table.
    keys: BTreeMap<&'a QualifiedName, Vec<BTreeSet<&'a str>>>,
    /// Columns that get a type whose values are not compared with those of the one before.
    columns: BTreeMap<&'a QualifiedName, BTreeSet<&'a str>>,
    /// The tables that become logged or unlogged, each with those it references.
    unlogged: BTreeMap<&'a QualifiedName, BTreeSet<&'a QualifiedName>>,
}

impl<'a> Changed<'a> {
    fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.columns.is_empty() && self.unlogged.is_empty()
    }

    fn read(&mut self, alter: &AlterTable<'a>) {
        let table = &alter.table.next.name;
        if alter.table.differs(|table| &table.unlogged) {
            let keys = alter.table.previous.foreign_keys.iter();
            let referenced = keys.map(|key| &key.referenced_table).collect();
            self.unlogged.insert(table, referenced);
        }
        let mut keys: Vec<BTreeSet<&str>> = Vec::new();
        let primary_key = alter.primary_key.iter().filter_map(|change| match change {
            Change::Drop(key) => Some(&key.columns),
            Change::Alter(pair) if !constraint::is_kept(*pair) => Some(&pair.previous.columns),
            _ => None,
        });
        let uniques = alter.uniques.iter().filter_map(|change| match change {
            Change::Drop(key) => Some(&key.columns),
            Change::Alter(pair) if !constraint::is_kept(*pair) => Some(&pair.previous.columns),
            _ => None,
        });
        let columns = primary_key.chain(uniques);
        keys.extend(columns.map(|columns| columns.iter().map(String::as_str).collect()));
        let indexes = alter.indexes.iter().filter_map(|change| match change {
            Change::Drop(index) => Some(*index),
            Change::Alter(pair) if !index::is_kept(pair.previous, pair.next) => Some(pair.previous),
            _ => None,
        });
        keys.extend(indexes.filter(|index| index.unique).map(index_columns));
        if !keys.is_empty() {
            self.keys.entry(table).or_default().extend(keys);
        }
        for change in &alter.columns {
            if let Change::Alter(Pair { previous, next }) = change
                && !is_alike(&previous.sql_type, &next.sql_type)
            {
                self.columns.entry(table).or_default().insert(&next.name);
            }
        }
        for name in column::made_again(alter) {
            if let Some(column) = alter.table.previous.column(&name) {
                self.columns.entry(table).or_default().insert(&column.name);
            }
        }
    }

    fn touches(&self, table: &Table, key: &ForeignKey) -> bool {
        let referenced: BTreeSet<&str> =
            key.referenced_columns.iter().map(String::as_str).collect();
        let keys = self.keys.get(&key.referenced_table);
        let is_changed = |table: &QualifiedName, columns: &[String]| {
            let changed = self.columns.get(table);
            changed.is_some_and(|changed| columns.iter().any(|it| changed.contains(it.as_str())))
        };
        keys.is_some_and(|keys| keys.contains(&referenced))
            || is_changed(&table.name, &key.columns)
            || is_changed(&key.referenced_table, &key.referenced_columns)
            || self.is_in_a_circle(&table.name, &key.referenced_table)
    }

    /// Whether a table references another that leads back to it, and all on the way become logged or unlogged: none of them
    /// can be the first.
    fn is_in_a_circle(&self, table: &QualifiedName, referenced: &QualifiedName) -> bool {
        if table == referenced || !self.unlogged.contains_key(table) {
            return false;
        }
        let (mut reached, mut ahead) = (BTreeSet::new(), vec![referenced]);
        while let Some(at) = ahead.pop() {
            if at == table {
                return true;
            }
            if reached.insert(at) {
                ahead.extend(self.unlogged.get(at).into_iter().flatten());
            }
        }
        false
    }
}

fn is_alike(previous: &SqlType, next: &SqlType) -> bool {
    previous == next || is_comparable(previous, next)
}

fn index_columns(index: &Index) -> BTreeSet<&str> {
    let columns = index.keys.iter().filter_map(|key| match &key.key {
        Indexed::Column(name) => Some(name.as_str()),
        Indexed::Expression(_) => None,
    });
    columns.collect()
}

/// Drops and adds again those foreign keys that do not differ; the others are among the changes of their tables.
pub(super) fn lower(cx: &Context<'_>, steps: &mut Vec<Step>) {
    for (table, name) in &cx.foreign_keys_again {
        let find = |schema: &Lookup<'_>| {
            let table = schema.table(table)?;
            let mut keys = table.foreign_keys.iter();
            keys.find(|key| key.name == *name).cloned()
        };
        let Some(next) = find(cx.next).filter(|next| find(cx.previous).as_ref() == Some(next))
        else {
            continue;
        };
        steps.push(constraint::drop_foreign_key(cx, table, &next));
        steps.push(constraint::add_foreign_key(cx, table, &next));
        if next.comment.is_some() {
            let address = schema_core::ddl::Address::Constraint(table.clone(), next.name.clone());
            steps.push(comment(address, next.comment.as_deref()));
        }
    }
}
