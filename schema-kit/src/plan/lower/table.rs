//! Tables: renamed, created with their parts, dropped, and what is their own.

use std::collections::BTreeSet;

use schema_core::{
    ddl::{self, Address},
    ident,
    schema::{
        Expression, ForeignKey, IndexKey, Indexed, Names, Policy, QualifiedName, Schema, Table,
    },
};

use super::{
    super::{
        PlanError,
        effect::LockMode,
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Context, column, columns, comment, constraint, index, index_address, inheritance, partition,
    released_type, sequence, storage,
};
use crate::diff::{AlterTable, Change, Diff, Pair, Renames, TableChange};

/// Renames run first and under the previous names: columns, then their tables.
pub(super) fn renames(renames: &Renames) -> Vec<Step> {
    let breaks = |step: Step, what: String| {
        step.hazard(
            HazardKind::BreaksClients,
            format!("{what} has another name"),
        )
    };
    let mut steps = Vec::new();
    for (table, previous, next) in renames.columns() {
        let address = Address::Column(table.clone(), previous.to_owned());
        let step = Step::new(Phase::Rename, ddl::rename(&address, next));
        let step = step.locks(LockMode::AccessExclusive, table);
        steps.push(breaks(step, address.to_string()));
    }
    for (previous, next) in renames.tables() {
        let mut address = Address::Table(previous.clone());
        if previous.namespace != next.namespace {
            let step = Step::new(Phase::Rename, ddl::set_namespace(&address, &next.namespace))
                .needs([Address::Namespace(next.namespace.clone())])
                .locks_only(LockMode::AccessExclusive, previous);
            steps.push(breaks(step, address.to_string()));
            address = Address::Table(QualifiedName::new(
                next.namespace.as_str(),
                previous.name.as_str(),
            ));
        }
        if previous.name != next.name {
            let step = Step::new(Phase::Rename, ddl::rename(&address, &next.name))
                .makes(Address::Table(next.clone()))
                .locks_only(LockMode::AccessExclusive, previous);
            steps.push(breaks(step, address.to_string()));
        }
    }
    steps
}

/// Creates tables with the foreign keys that need no table created later.
pub(super) fn create(cx: &Context<'_>, diff: &Diff<'_>, steps: &mut Vec<Step>) {
    let created: Vec<Table> = diff.created_tables().cloned().collect();
    let created = Schema {
        tables: created,
        ..Schema::default()
    };
    let order = ddl::table_order(&created);
    let created = &created.tables;
    for (at, inline) in order.tables {
        let table = &created[at];
        let foreign_keys: Vec<_> = inline.iter().map(|key| &table.foreign_keys[*key]).collect();
        let keys = foreign_keys
            .iter()
            .flat_map(|key| constraint::referenced(cx.next, key));
        let types = table
            .columns
            .iter()
            .flat_map(|column| cx.ty(&column.sql_type));
        let mut step = Step::new(Phase::Table, ddl::create_table(table, &foreign_keys))
            .needs(cx.namespace(&table.name))
            .needs(keys.filter(|address| !is_part_of(address, &table.name)))
            .needs(types)
            .needs(inherited(cx, table))
            .needs(used_objects(&cx.next_names, table))
            .needs(cx.extensions())
            .makes(Address::Table(table.name.clone()));
        for key in &foreign_keys {
            step = step.locks(LockMode::ShareRowExclusive, &key.referenced_table);
        }
        for parent in &table.inherits {
            step = step.locks_only(LockMode::ShareUpdateExclusive, parent);
        }
        for column in &table.columns {
            step = step.makes(Address::Column(table.name.clone(), column.name.clone()));
        }
        for index in constraint::own_indexes(table) {
            step = step.makes(index);
        }
        for name in constraint::key_names(table) {
            step = step.makes(Address::Constraint(table.name.clone(), name.clone()));
        }
        steps.push(step);
        parts(cx, table, steps);
    }
    for (at, key) in order.deferred {
        let table = &created[at];
        steps.push(constraint::add_foreign_key(
            cx,
            &table.name,
            &table.foreign_keys[key],
        ));
    }
}

/// The objects that a table is made with.
fn used_objects(names: &Names<'_>, table: &Table) -> Vec<Address> {
    let objects = names.objects_of_table(table).into_iter();
    objects.map(Address::from).collect()
}

/// The objects that a policy asks.
fn asked_objects(names: &Names<'_>, policy: &Policy) -> Vec<Address> {
    let texts = policy.using.iter().chain(&policy.with_check);
    let objects = texts.flat_map(|text| names.objects_in(text.as_str()));
    objects.map(Address::from).collect()
}

/// What a table inherits from, as it is to be.
fn inherited(cx: &Context<'_>, table: &Table) -> Vec<Address> {
    let parents = table.inherits.iter();
    let parts = parents.flat_map(|name| {
        let parent = cx.next.table(name);
        let parent = parent.into_iter().flat_map(|parent| &parent.columns);
        let mut parts = columns(name, parent.map(|column| &column.name));
        parts.push(Address::Table(name.clone()));
        parts
    });
    parts.collect()
}

/// What of a new table `CREATE TABLE` does not say.
fn parts(cx: &Context<'_>, table: &Table, steps: &mut Vec<Step>) {
    let own = || Address::Table(table.name.clone());
    for statement in ddl::table_parts(cx.next, table) {
        steps.push(Step::new(Phase::Table, statement).needs([own()]));
    }
    own_parts(cx, table, steps);
    partition::create(cx, table, steps);
}

/// What a new table or partition has of its own beside columns and constraints.
pub(super) fn own_parts(cx: &Context<'_>, table: &Table, steps: &mut Vec<Step>) {
    let own = || Address::Table(table.name.clone());
    for index in &table.indexes {
        steps.extend(index::create(cx, &table.name, index));
    }
    storage::create(table, steps);
    constraint_comments(table, steps);
    let policies = table.policies.iter();
    steps.extend(policies.flat_map(|it| create_policy(cx, &table.name, it)));
    if table.comment.is_some() {
        steps.push(comment(own(), table.comment.as_deref()));
    }
    for column in table.columns.iter().filter(|it| it.comment.is_some()) {
        let address = Address::Column(table.name.clone(), column.name.clone());
        steps.push(comment(address, column.comment.as_deref()).needs([own()]));
    }
}

/// The tables that go, with their partitions.
pub(super) fn dropped<'a>(diff: &Diff<'a>) -> BTreeSet<&'a QualifiedName> {
    let dropped = diff.tables.iter().filter_map(|change| match change {
        TableChange::Drop(table) => Some(*table),
        _ => None,
    });
    let dropped = dropped.flat_map(with_partitions);
    dropped.map(|table| &table.name).collect()
}

/// A table, and its partitions with what they say themselves.
fn with_partitions(table: &Table) -> impl Iterator<Item = &Table> {
    let partitions = table.partitions().into_iter();
    [table]
        .into_iter()
        .chain(partitions.map(|(_, partition)| &partition.table))
}

/// The comments of a new table's constraints.
fn constraint_comments(table: &Table, steps: &mut Vec<Step>) {
    let mut push = |name: &str, text: &Option<String>| {
        if text.is_some() {
            let address = Address::Constraint(table.name.clone(), name.to_owned());
            // Not all that make a constraint say so.
            let made = Address::Table(table.name.clone());
            steps.push(comment(address, text.as_deref()).needs([made]));
        }
    };
    let primary_key = table.primary_key.iter();
    primary_key.for_each(|it| push(&it.name, &it.comment));
    let uniques = table.uniques.iter();
    uniques.for_each(|it| push(&it.name, &it.comment));
    let checks = table.checks.iter();
    checks.for_each(|it| push(&it.name, &it.comment));
    let exclusions = table.exclusions.iter();
    exclusions.for_each(|it| push(&it.name, &it.comment));
    let foreign_keys = table.foreign_keys.iter();
    foreign_keys.for_each(|it| push(&it.name, &it.comment));
}

/// Drops a table; first the foreign keys between it and others that are dropped with it, where they form a cycle.
pub(super) fn drop(cx: &Context<'_>, table: &Table, steps: &mut Vec<Step>) {
    let own: BTreeSet<&QualifiedName> = with_partitions(table).map(|it| &it.name).collect();
    // Whether one closes a cycle does not matter: what goes anyway may go first.
    let goes_first = |part: &QualifiedName, key: &ForeignKey| {
        let other = &key.referenced_table;
        !cx.is_moved(part) && !own.contains(other) && cx.dropped.contains(other)
    };
    let keys = with_partitions(table)
        .flat_map(|part| part.foreign_keys.iter().map(move |key| (&part.name, key)));
    let (first, with_table): (Vec<_>, Vec<_>) = keys.partition(|(part, key)| goes_first(part, key));
    for (part, key) in first {
        steps.push(constraint::drop_foreign_key(cx, part, key));
    }
    let referenced = with_table.into_iter();
    let referenced = referenced.flat_map(|(_, key)| constraint::referenced(cx.previous, key));
    let types = table.columns.iter();
    let types = types.flat_map(|column| released_type(&column.sql_type));
    let address = Address::Table(table.name.clone());
    let own = address.clone();
    let mut step = Step::new(Phase::Remove, ddl::drop(&address))
        .removes(address)
        .locks(LockMode::AccessExclusive, &table.name)
        .releases(referenced.filter(|it| *it != own))
        .releases(types)
        .releases(used_objects(&cx.previous_names, table))
        .releases(sequence::released(&table.name, &table.columns))
        .releases(table.inherits.iter().cloned().map(Address::Table))
        .releases(with_partitions(table).map(|it| Address::Namespace(it.name.namespace.clone())))
        .hazard(
            HazardKind::DeletesData,
            format!("all rows of table `{}` go", table.name),
        );
    for key in &table.foreign_keys {
        step = step.locks(LockMode::AccessExclusive, &key.referenced_table);
    }
    let indexes = table.indexes.iter();
    let indexes = indexes.map(|index| index_address(&table.name, &index.name));
    for index in constraint::own_indexes(table).chain(indexes) {
        step = step.removes(index);
    }
    steps.push(step);
}

/// Lowers all that differs in a table.
pub(super) fn alter(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    for change in &alter.columns {
        column::lower(cx, alter, change, steps)?;
    }
    column::in_the_way(cx, alter, steps);
    column::put_right(cx, alter, steps);
    inheritance::lower(cx, alter.table, steps);
    let again = column::made_again(alter);
    if again.is_empty() {
        alter_parts(cx, alter, steps)?;
    } else {
        // They go with their columns.
        let previous = without(alter.table.previous, &again);
        let pair = Pair {
            previous: &previous,
            next: alter.table.next,
        };
        alter_parts(cx, &AlterTable::new(pair), steps)?;
    }
    partition::alter(cx, alter.table, steps)
}

/// A table without the constraints and indexes that use columns which are dropped.
pub(super) fn without(table: &Table, dropped: &[String]) -> Table {
    let all: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    let uses = |sql: &Expression| {
        let used = ident::columns_in(sql.as_str(), &table.name.name, &all);
        used.iter().any(|name| dropped.contains(name))
    };
    let any = |names: &[String]| names.iter().any(|name| dropped.contains(name));
    let of_key = |key: &IndexKey| match &key.key {
        Indexed::Column(name) => dropped.contains(name),
        Indexed::Expression(sql) => uses(sql),
    };
    let mut rest = table.clone();
    rest.primary_key = rest
        .primary_key
        .filter(|key| !any(&key.columns) && !any(&key.include));
    rest.uniques
        .retain(|key| !any(&key.columns) && !any(&key.include));
    rest.checks.retain(|check| !uses(&check.expression));
    rest.exclusions.retain(|it| {
        let keys = it.elements.iter().any(|element| of_key(&element.key));
        !keys && !any(&it.include) && !it.predicate.as_ref().is_some_and(uses)
    });
    rest.foreign_keys.retain(|key| !any(&key.columns));
    rest.indexes.retain(|index| {
        let keys = index.keys.iter().any(of_key);
        !keys && !any(&index.include) && !index.predicate.as_ref().is_some_and(uses)
    });
    rest
}

/// Lowers all that differs in a table or partition but its columns and how it is divided.
pub(super) fn alter_parts(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let name = &alter.table.next.name;
    let address = Address::Table(name.clone());
    constraint::lower(cx, alter, steps);
    index::lower(cx, name, &alter.indexes, steps)?;
    storage::alter(cx, alter, steps)?;
    for change in &alter.policies {
        policy(cx, alter, change, steps);
    }
    // No column of a policy changes its type, and which columns it uses is not known for sure.
    if !column::retyped(alter).is_empty() || !column::made_again(alter).is_empty() {
        for next in &alter.table.next.policies {
            let mut kept = alter.table.previous.policies.iter();
            if let Some(previous) = kept.find(|previous| *previous == next) {
                policy(cx, alter, &Change::Alter(Pair { previous, next }), steps);
            }
        }
    }
    if alter.table.differs(|table| &table.comment) {
        steps.push(comment(address, alter.table.next.comment.as_deref()));
    }
    Ok(())
}

/// A policy is dropped and created again: nothing is lost, and nobody sees the time between inside a transaction.
pub(super) fn policy(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    change: &Change<'_, Policy>,
    steps: &mut Vec<Step>,
) {
    let name = &alter.table.next.name;
    if let Change::Alter(Pair { previous, next }) = change {
        let described = Policy {
            comment: next.comment.clone(),
            ..(*previous).clone()
        };
        if previous.comment != next.comment && described == **next {
            let address = Address::Policy(name.clone(), next.name.clone());
            steps.push(comment(address, next.comment.as_deref()));
            return;
        }
    }
    let (previous, next) = match change {
        Change::Drop(previous) => (Some(*previous), None),
        Change::Create(next) => (None, Some(*next)),
        Change::Alter(pair) => (Some(pair.previous), Some(pair.next)),
    };
    if let Some(previous) = previous {
        let address = Address::Policy(name.clone(), previous.name.clone());
        let all = alter
            .table
            .previous
            .columns
            .iter()
            .map(|column| &column.name);
        let step = Step::new(Phase::Release, ddl::drop(&address))
            .locks_only(LockMode::AccessExclusive, name);
        let step = step.releases(columns(name, all)).removes(address);
        steps.push(step.releases(asked_objects(&cx.previous_names, previous)));
    }
    steps.extend(
        next.into_iter()
            .flat_map(|next| create_policy(cx, name, next)),
    );
}

fn create_policy(cx: &Context<'_>, table: &QualifiedName, policy: &Policy) -> Vec<Step> {
    let all = cx.next.table(table);
    let names = all.into_iter().flat_map(|table| &table.columns);
    let needed = columns(table, names.map(|column| &column.name));
    // A condition may ask any table or view.
    let tables = cx.next.tables.iter().map(|table| &table.name);
    let asked = tables.chain(cx.next.views.iter().map(|view| &view.name));
    let made = Address::Policy(table.clone(), policy.name.clone());
    let step = Step::new(Phase::Security, ddl::create_policy(table, policy))
        .locks_only(LockMode::AccessExclusive, table)
        .needs(needed)
        .needs(asked.map(|name| Address::Table(name.clone())))
        .needs(asked_objects(&cx.next_names, policy))
        .makes(made.clone());
    let text = policy.comment.as_deref();
    let commented = text.map(|text| comment(made, Some(text)));
    [step].into_iter().chain(commented).collect()
}

fn is_part_of(address: &Address, table: &QualifiedName) -> bool {
    matches!(address, Address::Table(name) | Address::Column(name, _) | Address::Constraint(name, _) if name == table)
}
