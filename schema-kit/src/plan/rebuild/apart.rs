//! Which tables are divided in another way, and the partitions that have to stand alone for it.

use std::{collections::BTreeSet, ops::Deref};

use schema_core::schema::{QualifiedName, Schema, Table};

use super::super::{lookup::Lookup, lower::effective};
use crate::diff::{self, Place};

/// Whether a table or a partition that both schemas have is divided in two ways.
pub(super) fn has_redivided(previous: &Lookup<'_>, next: &Lookup<'_>) -> bool {
    let is_divided = |schema: &Schema| schema.tables.iter().any(|it| it.partition_by.is_some());
    if !is_divided(previous) && !is_divided(next) {
        return false;
    }
    diff::places(previous).into_iter().any(|(name, from)| {
        let to = next.place(name);
        to.is_some_and(|to| is_divided_otherwise(from.table(), to.table()))
    })
}

/// The two schemas of a plan, in which the partitions that are to be divided in another way, or that come from or go to where
/// the table itself is, are tables by themselves.
pub(super) struct Apart {
    pub(super) previous: Schema,
    pub(super) next: Schema,
    /// Whether one of them is a partition before and after.
    pub(super) comes_back: bool,
}

impl Apart {
    pub(super) fn new(previous: &Lookup<'_>, next: &Lookup<'_>) -> Self {
        let mut apart = Self {
            previous: previous.deref().clone(),
            next: next.deref().clone(),
            comes_back: false,
        };
        // What is taken out may have partitions that are to be taken out of it in turn.
        while apart.take_out() {}
        apart
    }

    /// Takes out what is a partition; says whether there was anything.
    fn take_out(&mut self) -> bool {
        let (before, after) = (Lookup::new(&self.previous), Lookup::new(&self.next));
        let redivided = Redivided::new(&before, &after);
        let (mut leaving, mut joining) = (BTreeSet::new(), BTreeSet::new());
        for (name, from) in diff::places(&before) {
            let Some(to) = after.place(name) else {
                continue;
            };
            let (was_in, is_in) = (root(&before, from), root(&after, to));
            let was_rebuilt = redivided.divided.contains(was_in);
            let is_rebuilt = redivided.to_divide.contains(is_in);
            // Its rows go with those of its table.
            if was_rebuilt && is_rebuilt && was_in == is_in {
                continue;
            }
            let is_redivided = is_divided_otherwise(from.table(), to.table());
            if from.above().is_some() && (is_redivided || was_rebuilt || is_rebuilt) {
                leaving.insert(name.clone());
            }
            if to.above().is_some() && is_redivided {
                joining.insert(name.clone());
            }
        }
        if leaving.is_empty() && joining.is_empty() {
            return false;
        }
        self.comes_back |= leaving
            .iter()
            .any(|name| after.place(name).is_some_and(|it| it.above().is_some()));
        let apart = (alone(&before, &leaving), alone(&after, &joining));
        (self.previous, self.next) = apart;
        true
    }
}

/// A schema in which partitions are tables by themselves, with all they have.
fn alone(schema: &Lookup<'_>, partitions: &BTreeSet<QualifiedName>) -> Schema {
    let mut apart = schema.deref().clone();
    let places = partitions.iter().filter_map(|name| schema.place(name));
    let tables = places.map(|place| effective::alone(schema, place));
    apart.tables.extend(tables);
    for table in &mut apart.tables {
        leave_out(table, partitions);
    }
    apart
}

/// Leaves partitions out of a table.
fn leave_out(table: &mut Table, partitions: &BTreeSet<QualifiedName>) {
    let Some(by) = &mut table.partition_by else {
        return;
    };
    by.partitions
        .retain(|it| !partitions.contains(&it.table.name));
    for partition in &mut by.partitions {
        leave_out(&mut partition.table, partitions);
    }
}

/// The tables that both schemas have and that are divided in two ways.
pub(super) struct Redivided {
    /// Those that are divided before.
    pub(super) divided: BTreeSet<QualifiedName>,
    /// Those that are to be divided.
    pub(super) to_divide: BTreeSet<QualifiedName>,
}

impl Redivided {
    pub(super) fn new(previous: &Schema, next: &Lookup<'_>) -> Self {
        let pairs = previous.tables.iter().filter_map(|previous| {
            let next = next.table(&previous.name)?;
            is_divided_otherwise(previous, next).then_some((previous, next))
        });
        let pairs: Vec<(&Table, &Table)> = pairs.collect();
        let divided = |table: &&Table| table.partition_by.is_some();
        let before = pairs.iter().map(|(previous, _)| *previous).filter(divided);
        let after = pairs.iter().map(|(_, next)| *next).filter(divided);
        Self {
            divided: before.map(|it| it.name.clone()).collect(),
            to_divide: after.map(|it| it.name.clone()).collect(),
        }
    }
}

fn is_divided_otherwise(previous: &Table, next: &Table) -> bool {
    match (&previous.partition_by, &next.partition_by) {
        (None, None) => false,
        (Some(old), Some(new)) => old.strategy != new.strategy || old.keys != new.keys,
        _ => true,
    }
}

/// The table that all of these rows are rows of.
fn root<'a>(schema: &Lookup<'a>, place: Place<'a>) -> &'a QualifiedName {
    let mut place = place;
    while let Some(above) = place.above().and_then(|above| schema.place(above)) {
        place = above;
    }
    &place.table().name
}
