//! Tables that are to be divided into partitions, to be divided otherwise, or no more. PostgreSQL has no statement for it:
//! the table steps aside under another name, one that is divided as it is to be takes its place, and the rows go over.
//!
//! Each of these steps leads from one schema to another and is planned as any change is, so that what is here are the
//! schemas in between ([`Stage`]). A table that is divided otherwise becomes a plain one first: all else that differs
//! differs between two plain tables.

mod apart;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
};

use schema_core::{
    ddl::{self, Address},
    schema::{Column, ForeignKey, Privileges, QualifiedName, ReplicaIdentity, Schema, Table},
};

use self::apart::{Apart, Redivided, has_redivided};
use super::{
    hazard::{Hazard, HazardKind},
    lookup::Lookup,
    lower::{Made, made_with},
    name,
    step::{Phase, Step},
};
use crate::diff::{Present, Renames};

/// A part of a plan: what leads from one schema to another.
pub(super) struct Stage {
    /// The schema it begins with, renames done.
    pub(super) from: Schema,
    /// The schema it ends in.
    pub(super) to: Schema,
    /// What its first statements rename.
    pub(super) renames: Renames,
    /// What is done with rows behind all that.
    pub(super) rows: Vec<Step>,
    pub(super) role: Role,
    /// What its first statement loses.
    pub(super) losses: Vec<Hazard>,
}

/// What a stage is to a rebuilt table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: its statements stand for themselves.
    Ordinary,
    /// The first of those that are one transaction, in which nothing is lost.
    Begins,
    /// Another of those.
    Continues,
}

impl Stage {
    fn ordinary(from: Schema, to: Schema) -> Self {
        Self {
            from,
            to,
            renames: Renames::default(),
            rows: Vec::new(),
            role: Role::Ordinary,
            losses: Vec::new(),
        }
    }
}

/// The stages of a plan, of which there is one where no table is divided in another way.
pub(super) fn stages(
    previous: &Lookup<'_>,
    next: &Lookup<'_>,
    renames: &Renames,
) -> Option<Vec<Stage>> {
    if !has_redivided(previous, next) {
        return None;
    }
    let apart = Apart::new(previous, next);
    let (before, after) = (Lookup::new(&apart.previous), Lookup::new(&apart.next));
    let mut stages = vec![Stage {
        renames: renames.clone(),
        ..Stage::ordinary(previous.deref().clone(), previous.deref().clone())
    }];
    stages.push(Stage::ordinary(
        previous.deref().clone(),
        apart.previous.clone(),
    ));
    let Redivided { divided, to_divide } = Redivided::new(&before, &after);
    let mut now = apart.previous.clone();
    if !divided.is_empty() {
        let plain = undivided(&now, &divided);
        let done = rebuild(&now, &plain, &divided, &mut stages);
        now = match renames.is_empty() {
            true => done,
            // What other objects name is not known by its next name: they come with what differs otherwise.
            false => released(stages.last_mut(), done, &divided),
        };
    }
    if !to_divide.is_empty() {
        let mut plain = undivided(&after, &to_divide);
        // What becomes a partition stays as it is until its table is there.
        let below = partitions(&after, &to_divide);
        let kept = below.iter().filter_map(|name| before.table(name));
        plain.tables.extend(kept.cloned());
        keep_indexes(&mut plain, &Lookup::new(&now), &to_divide);
        stages.push(Stage::ordinary(now, plain.clone()));
        now = rebuild(&plain, &after, &to_divide, &mut stages);
    }
    stages.push(Stage::ordinary(now, apart.next.clone()));
    stages.push(Stage::ordinary(apart.next, next.deref().clone()));
    if apart.comes_back {
        // Between the two ends its table lacks its rows.
        let mut inner = stages[1..].iter_mut();
        inner.by_ref().take(1).for_each(|it| it.role = Role::Begins);
        inner.for_each(|stage| stage.role = Role::Continues);
    }
    Some(stages)
}

/// The partitions of tables, at all levels.
fn partitions(schema: &Schema, tables: &BTreeSet<QualifiedName>) -> BTreeSet<QualifiedName> {
    let tables = schema.tables.iter().filter(|it| tables.contains(&it.name));
    let partitions = tables.flat_map(Table::partitions);
    partitions.map(|(_, it)| it.table.name.clone()).collect()
}

/// A schema in which tables have their rows themselves, and nothing is made with their partitions.
fn undivided(schema: &Schema, tables: &BTreeSet<QualifiedName>) -> Schema {
    let partitions = partitions(schema, tables);
    let mut plain = schema.clone();
    for table in &mut plain.tables {
        if tables.contains(&table.name) {
            table.partition_by = None;
            let indexes = table.indexes.iter_mut();
            indexes.for_each(|index| index.invalid = false);
        }
    }
    release(&mut plain, &partitions);
    plain
}

/// Leaves plain tables the keys and indexes that they have: those to come are built once, when the rows have gone over. Of a
/// table that loses a column or gives it another type they are made as they are to be.
fn keep_indexes(plain: &mut Schema, now: &Lookup<'_>, tables: &BTreeSet<QualifiedName>) {
    let mut kept = BTreeSet::new();
    for table in &mut plain.tables {
        let had = now
            .table(&table.name)
            .filter(|_| tables.contains(&table.name));
        let Some(had) = had else {
            continue;
        };
        let stays = |was: &Column| {
            let is = table.column(&was.name);
            is.is_some_and(|is| is.sql_type == was.sql_type && is.collation == was.collation)
        };
        if had.columns.iter().all(stays) {
            kept.insert(table.name.clone());
            *table = Table {
                primary_key: had.primary_key.clone(),
                uniques: had.uniques.clone(),
                exclusions: had.exclusions.clone(),
                indexes: had.indexes.clone(),
                replica_identity: had.replica_identity.clone(),
                clustered_on: had.clustered_on.clone(),
                ..table.clone()
            };
        }
    }
    for table in &mut plain.tables {
        let had = now.own(&table.name);
        let had = had.map_or(&[][..], |had| &had.foreign_keys);
        keep_keys(table, &|key| {
            !kept.contains(&key.referenced_table) || had.contains(key)
        });
    }
}

/// Adds the stages in which tables are rebuilt. Returns the schema they end in, which has all but the foreign keys from and
/// to these tables: they are added as they are to tables in use.
fn rebuild(
    from: &Schema,
    to: &Schema,
    tables: &BTreeSet<QualifiedName>,
    stages: &mut Vec<Stage>,
) -> Schema {
    let mut taken = name::relations(from);
    taken.extend(name::relations(to));
    let names: BTreeMap<QualifiedName, QualifiedName> = tables
        .iter()
        .map(|name| (name.clone(), choose(&mut taken, name)))
        .collect();
    let mut released = from.clone();
    let mut held = partitions(from, tables);
    held.extend(tables.iter().cloned());
    let gone = release(&mut released, &held);
    let renames = Renames::of_tables(names.clone());
    let renamed = renames.apply(&released);
    let asides: BTreeSet<QualifiedName> = names.values().cloned().collect();
    let mut aside = renamed.clone();
    for table in &mut aside.tables {
        if asides.contains(&table.name) {
            *table = set_aside(table, &mut taken);
        }
    }
    let mut bare = aside.clone();
    let below = partitions(to, tables);
    bare.tables.retain(|table| !below.contains(&table.name));
    let whole = to.tables.iter().filter(|it| tables.contains(&it.name));
    bare.tables.extend(whole.map(without_conditions));
    let mut done = to.clone();
    let mut referenced = below;
    referenced.extend(tables.iter().cloned());
    for table in &mut done.tables {
        let is_rebuilt = tables.contains(&table.name);
        keep_keys(table, &|key| {
            !is_rebuilt && !referenced.contains(&key.referenced_table)
        });
    }
    let rows = names.iter().flat_map(|(name, aside_name)| {
        let table = to.tables.iter().find(|it| it.name == *name);
        let held = aside.tables.iter().find(|it| it.name == *aside_name);
        let both = table.zip(held);
        both.map_or(Vec::new(), |(table, held)| move_rows(held, table))
    });
    let rows = rows.collect();
    stages.push(Stage {
        role: Role::Begins,
        losses: losses(from, tables, &gone),
        ..Stage::ordinary(from.clone(), released)
    });
    stages.push(Stage {
        renames,
        role: Role::Continues,
        ..Stage::ordinary(renamed, aside.clone())
    });
    stages.push(Stage {
        rows,
        role: Role::Continues,
        ..Stage::ordinary(aside, bare.clone())
    });
    stages.push(Stage {
        role: Role::Continues,
        ..Stage::ordinary(bare, done.clone())
    });
    done
}

/// Leaves out of the last stage, and of the schema it ends in, what is made with tables.
fn released(
    last: Option<&mut Stage>,
    mut schema: Schema,
    tables: &BTreeSet<QualifiedName>,
) -> Schema {
    release(&mut schema, tables);
    if let Some(last) = last {
        last.to = schema.clone();
    }
    schema
}

/// Takes out of a schema what is made with relations, so that they can go.
fn release(schema: &mut Schema, relations: &BTreeSet<QualifiedName>) -> Made {
    let made = made_with(schema, relations);
    let views = &mut schema.views;
    views.retain(|view| !made.views.contains(&view.name));
    let objects = &mut schema.objects;
    objects.retain(|object| !made.objects.contains(&object.identity()));
    let asked: Vec<&str> = relations.iter().map(|it| it.name.as_str()).collect();
    for table in &mut schema.tables {
        keep_keys(table, &|key| !relations.contains(&key.referenced_table));
        // The server has policies ask a table by whatever name it has.
        table.policies.retain(|policy| {
            let mut texts = policy.using.iter().chain(&policy.with_check);
            !texts.any(|text| asked.iter().any(|name| text.as_str().contains(name)))
        });
    }
    for sequence in &mut schema.sequences {
        let owner = sequence.owned_by.take();
        sequence.owned_by = owner.filter(|(table, _)| !relations.contains(table));
    }
    schema.privileges = schema.privileges.take().map(|all| {
        let there = Present::new(schema);
        let objects = all.objects.into_iter();
        Privileges {
            objects: objects.filter(|(on, _)| there.has(on)).collect(),
        }
    });
    made
}

/// Leaves a table and its partitions those foreign keys that are to stay.
fn keep_keys(table: &mut Table, stays: &impl Fn(&ForeignKey) -> bool) {
    table.foreign_keys.retain(stays);
    let by = table.partition_by.as_mut();
    for partition in by.into_iter().flat_map(|by| &mut by.partitions) {
        keep_keys(&mut partition.table, stays);
    }
}

/// Chooses a name for what steps aside, which nothing else then takes.
fn choose(taken: &mut BTreeSet<QualifiedName>, name: &QualifiedName) -> QualifiedName {
    let free = name::beside(name, "old", |free| taken.contains(free));
    taken.insert(free.clone());
    free
}

/// A table that steps aside: it has its rows, and none of the names that the one in its place takes. What it holds is read
/// whoever asks.
fn set_aside(table: &Table, taken: &mut BTreeSet<QualifiedName>) -> Table {
    let mut aside = Table {
        primary_key: None,
        uniques: Vec::new(),
        exclusions: Vec::new(),
        indexes: Vec::new(),
        policies: Vec::new(),
        row_level_security: false,
        force_row_level_security: false,
        replica_identity: ReplicaIdentity::Default,
        clustered_on: None,
        ..table.clone()
    };
    for identity in aside
        .columns
        .iter_mut()
        .filter_map(|it| it.identity.as_mut())
    {
        let name = QualifiedName::new(&table.name.namespace, &identity.sequence);
        identity.sequence = choose(taken, &name).name;
    }
    aside
}

/// A table that takes over the rows of another, with its partitions: what is asked of rows one by one comes later.
fn without_conditions(table: &Table) -> Table {
    let mut bare = Table {
        foreign_keys: Vec::new(),
        policies: Vec::new(),
        row_level_security: false,
        force_row_level_security: false,
        ..table.clone()
    };
    bare.checks.retain(|check| !check.not_valid);
    let by = bare.partition_by.as_mut();
    for partition in by.into_iter().flat_map(|by| &mut by.partitions) {
        partition.table = without_conditions(&partition.table);
    }
    bare
}

/// The rows of a table go over to the one in its place, and so do the numbers its columns stand at.
fn move_rows(held: &Table, table: &Table) -> Vec<Step> {
    let columns = table.columns.iter().filter(|it| it.generated.is_none());
    let columns: Vec<&str> = columns.map(|it| it.name.as_str()).collect();
    let copy = Step::new(
        Phase::Table,
        ddl::copy_rows(&held.name, &table.name, &columns),
    );
    let copy = copy.rewrites(&table.name);
    let mut steps = vec![match &table.partition_by {
        None => copy,
        Some(_) => {
            let what = format!(
                "rows of `{}` may be in the bounds of no partition",
                table.name
            );
            copy.hazard(HazardKind::MayFail, what)
        }
    }];
    let sequence =
        |table: &Table, sequence: &str| QualifiedName::new(&table.name.namespace, sequence);
    for column in &table.columns {
        let had = held
            .column(&column.name)
            .and_then(|it| it.identity.as_ref());
        if let (Some(had), Some(has)) = (had, &column.identity) {
            let (from, to) = (
                sequence(held, &had.sequence),
                sequence(table, &has.sequence),
            );
            steps.push(Step::new(
                Phase::Table,
                ddl::copy_sequence_value(&from, &to),
            ));
        }
    }
    steps
}

/// What is lost with what is made again, where it is not known and so does not come back.
fn losses(schema: &Schema, tables: &BTreeSet<QualifiedName>, gone: &Made) -> Vec<Hazard> {
    if schema.privileges.is_some() {
        return Vec::new();
    }
    let tables = tables.iter().map(|name| format!("table `{name}`"));
    let views = gone.views.iter().map(|name| format!("view `{name}`"));
    let routines = schema
        .objects
        .iter()
        .filter(|object| object.is_routine() && gone.objects.contains(&object.identity()));
    let routines = routines.map(|object| Address::from(object).to_string());
    let made_again = tables.chain(views).chain(routines);
    let losses = made_again.map(|what| {
        let what = format!("privileges on {what} go, for it is made again");
        Hazard::new(HazardKind::LosesPrivileges, what)
    });
    losses.collect()
}
