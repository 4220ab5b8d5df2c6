//! Partitions: created, dropped, given other bounds without losing a row, and what they have of their own.

use schema_core::{
    ddl::{self, Address},
    schema::{Index, Partition, PartitionBy, QualifiedName, Table},
};

use super::{
    super::{
        PlanError,
        effect::LockMode,
        hazard::HazardKind,
        online::Intent,
        step::{Phase, Step},
    },
    Context, column, columns, constraint, effective, index_address, table,
};
use crate::diff::{AlterTable, Change, Pair, changes};

/// The partitions of a new table, at all levels; those that are there already are attached by whoever moves them.
pub(super) fn create(cx: &Context<'_>, table: &Table, steps: &mut Vec<Step>) {
    let partitions = table.partition_by.iter().flat_map(|by| &by.partitions);
    for partition in partitions {
        create_one(cx, table, partition, steps);
    }
}

/// Lowers what differs in how a table is divided. The tables of the pair have all their columns and constraints.
pub(super) fn alter(
    cx: &Context<'_>,
    table: Pair<'_, Table>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = table;
    match (&previous.partition_by, &next.partition_by) {
        (None, None) => Ok(()),
        (Some(old), Some(new)) if old.strategy == new.strategy && old.keys == new.keys => {
            let by = Pair {
                previous: old,
                next: new,
            };
            alter_partitions(cx, table, by, steps)
        }
        _ => unreachable!("what is divided in another way is made anew"),
    }
}

fn alter_partitions(
    cx: &Context<'_>,
    above: Pair<'_, Table>,
    by: Pair<'_, PartitionBy>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let changes = changes_of_all(by, &above.next.name);
    for change in changes {
        match change {
            Change::Create(partition) => create_one(cx, above.next, partition, steps),
            Change::Drop(partition) if cx.is_moved(&partition.table.name) => {}
            Change::Drop(partition) => steps.push(drop(&above.next.name, partition)),
            Change::Alter(pair) => alter_one(cx, above, pair, steps)?,
        }
    }
    Ok(())
}

/// The changes of partitions, those among them that differ in nothing of their own: the table above may.
fn changes_of_all<'a>(
    by: Pair<'a, PartitionBy>,
    _above: &QualifiedName,
) -> Vec<Change<'a, Partition>> {
    let Pair { previous, next } = by;
    let mut all = changes(&previous.partitions, &next.partitions, |it| &it.table.name);
    for partition in &next.partitions {
        let mut same = previous.partitions.iter();
        if let Some(previous) = same.find(|previous| *previous == partition) {
            all.push(Change::Alter(Pair {
                previous,
                next: partition,
            }));
        }
    }
    all
}

fn create_one(cx: &Context<'_>, above: &Table, partition: &Partition, steps: &mut Vec<Step>) {
    if cx.is_moved(&partition.table.name) {
        return;
    }
    let own = Address::Table(partition.table.name.clone());
    let columns = columns(&above.name, above.columns.iter().map(|it| &it.name));
    let step = Step::new(Phase::Table, ddl::create_partition(&above.name, partition))
        .needs(cx.namespace(&partition.table.name))
        .needs([Address::Table(above.name.clone())])
        .makes(own.clone())
        .locks_only(LockMode::AccessExclusive, &above.name);
    // What it is divided by in turn may be new.
    let is_divided = partition.table.partition_by.is_some();
    steps.push(step.needs(columns.iter().filter(|_| is_divided).cloned()));
    for sql in ddl::partition_parts(&above.columns, partition) {
        let step = Step::new(Phase::Check, sql).needs([own.clone()]);
        steps.push(step.needs(columns.clone()));
    }
    table::own_parts(cx, &partition.table, steps);
    for key in &partition.table.foreign_keys {
        steps.push(constraint::add_foreign_key(cx, &partition.table.name, key));
    }
    let whole = effective::partition(above, partition);
    rename_indexes(above, partition, steps);
    create(cx, &whole, steps);
}

/// Gives the indexes of a partition that the server names their own names.
fn rename_indexes(above: &Table, partition: &Partition, steps: &mut Vec<Step>) {
    let chosen = above.index_names_in(&partition.table.name);
    for (index, name) in &partition.index_names {
        // The index of one of its own keys is taken as it is.
        let is_own = constraint::key_names(&partition.table).any(|key| key == name);
        if let Some(chosen) = chosen
            .get(index)
            .filter(|chosen| *chosen != name && !is_own)
        {
            let step = rename_index(&partition.table.name, chosen, name);
            steps.push(step.needs(index_of(&above.name, index)));
        }
    }
}

fn rename_index(partition: &QualifiedName, previous: &str, next: &str) -> Step {
    let address = index_address(partition, previous);
    Step::new(Phase::Attach, ddl::rename(&address, next))
}

/// An index may be a constraint's.
fn index_of(table: &QualifiedName, name: &str) -> [Address; 3] {
    let constraint = Address::Constraint(table.clone(), name.to_owned());
    let table_itself = Address::Table(table.clone());
    [index_address(table, name), constraint, table_itself]
}

/// It goes early: another partition may hold its values from then on.
fn drop(above: &QualifiedName, partition: &Partition) -> Step {
    let name = &partition.table.name;
    let address = Address::Table(name.clone());
    let namespaces = partition.table.partitions().into_iter();
    let namespaces = namespaces.map(|(_, it)| &it.table.name).chain([name]);
    let namespaces = namespaces.map(|it| Address::Namespace(it.namespace.clone()));
    Step::new(Phase::Release, ddl::drop(&address))
        .removes(address)
        .releases(namespaces)
        .locks_only(LockMode::AccessExclusive, above)
        .locks(LockMode::AccessExclusive, name)
        .hazard(
            HazardKind::DeletesData,
            format!("all rows of partition `{name}` go"),
        )
        .intends(Intent::DropPartition(above.clone(), partition.clone()))
}

/// Takes a partition out of its table; its rows stay in it.
pub(super) fn detach(phase: Phase, above: &QualifiedName, partition: &QualifiedName) -> Step {
    Step::new(phase, ddl::detach_partition(above, partition))
        .locks_only(LockMode::AccessExclusive, above)
        .locks(LockMode::AccessExclusive, partition)
}

/// Puts a table below another one.
pub(super) fn attach(phase: Phase, above: &QualifiedName, partition: &Partition) -> Step {
    let name = &partition.table.name;
    Step::new(phase, ddl::attach_partition(above, partition))
        .hazard(
            HazardKind::MayFail,
            format!("rows of partition `{name}` may not be in its bounds"),
        )
        .locks_only(LockMode::ShareUpdateExclusive, above)
        .scans(LockMode::AccessExclusive, name)
}

fn alter_one(
    cx: &Context<'_>,
    above: Pair<'_, Table>,
    pair: Pair<'_, Partition>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let name = &next.table.name;
    let whole = Pair {
        previous: &effective::partition(above.previous, previous),
        next: &effective::partition(above.next, next),
    };
    if pair.differs(|partition| &partition.bound) {
        steps.push(detach(Phase::Release, &above.next.name, name));
        steps.push(attach(Phase::Table, &above.next.name, next));
    }
    let reached = effective::columns_reached(whole.previous, (above.previous, above.next));
    for column in &whole.next.columns {
        let mut reached = reached.iter();
        if let Some(previous) = reached.find(|it| it.name == column.name) {
            let pair = Pair {
                previous,
                next: column,
            };
            column::change_facts(cx, name, pair, steps);
        }
    }
    let adopted = adopted(above, pair);
    let parts = |partition: &Partition| Table {
        columns: Vec::new(),
        partition_by: None,
        ..partition.table.clone()
    };
    let (mut before, after) = (parts(previous), parts(next));
    before
        .indexes
        .retain(|index| !adopted.contains(&index.name));
    before
        .uniques
        .retain(|unique| !adopted.contains(&unique.name));
    let is_adopted = |key: &schema_core::schema::PrimaryKey| adopted.contains(&key.name);
    before.primary_key = before.primary_key.filter(|key| !is_adopted(key));
    let own = Pair {
        previous: &before,
        next: &after,
    };
    table::alter_parts(cx, &AlterTable::new(own), steps)?;
    change_index_names(above, pair, &adopted, steps);
    alter(cx, whole, steps)
}

/// The indexes of a partition's own that become those for one of the table's.
fn adopted(above: Pair<'_, Table>, pair: Pair<'_, Partition>) -> Vec<String> {
    let mut adopted = Vec::new();
    let chosen = above.next.index_names_in(&pair.next.table.name);
    for index in &above.next.indexes {
        let name = pair.next.index_names.get(&index.name);
        let name = name.or_else(|| chosen.get(&index.name));
        let own = pair.previous.table.indexes.iter();
        let same = |own: &&Index| {
            let alike = Index {
                name: index.name.clone(),
                invalid: index.invalid,
                comment: index.comment.clone(),
                with: index.with.clone(),
                ..(*own).clone()
            };
            alike == *index
        };
        adopted.extend(
            own.filter(same)
                .map(|own| &own.name)
                .filter(|own| Some(*own) == name)
                .cloned(),
        );
    }
    let keys = |table: &Table| -> Vec<(String, Vec<String>)> {
        let uniques = table
            .uniques
            .iter()
            .map(|it| (it.name.clone(), it.columns.clone()));
        let keys = table
            .primary_key
            .iter()
            .map(|it| (it.name.clone(), it.columns.clone()));
        uniques.chain(keys).collect()
    };
    for (key, columns) in keys(above.next) {
        let name = pair.next.index_names.get(&key).or_else(|| chosen.get(&key));
        let own = keys(&pair.previous.table).into_iter();
        let same = own.filter(|(own, of)| Some(own) == name && *of == columns);
        adopted.extend(same.map(|(own, _)| own));
    }
    adopted
}

/// Gives indexes that a partition has for its table's other names, and attaches those that the table's has not by itself.
fn change_index_names(
    above: Pair<'_, Table>,
    pair: Pair<'_, Partition>,
    adopted: &[String],
    steps: &mut Vec<Step>,
) {
    let Pair { previous, next } = pair;
    let table = &next.table.name;
    let chosen = above.next.index_names_in(table);
    let chosen_before = above.previous.index_names_in(&previous.table.name);
    for index in chosen.keys() {
        let partial = above
            .next
            .indexes
            .iter()
            .find(|it| it.invalid && it.name == *index);
        let name = next.index_names.get(index);
        if let Some(owner) = partial {
            if let Some(name) = name.filter(|_| !previous.index_names.contains_key(index)) {
                attach_index(&above.next.name, owner, (table, name, adopted), steps);
            }
            continue;
        }
        let name = name.or_else(|| chosen.get(index));
        let before = previous.index_names.get(index);
        let stays = chosen_before.contains_key(index) && index_is_kept(above, index);
        let before = if stays {
            before.or_else(|| chosen_before.get(index))
        } else {
            chosen.get(index)
        };
        if let (Some(before), Some(name)) = (before, name)
            && before != name
            && !adopted.contains(name)
            && !constraint::key_names(&next.table).any(|key| key == name)
        {
            let step = rename_index(table, before, name);
            steps.push(step.needs(index_of(&above.next.name, index)));
        }
    }
}

/// Whether an index of the table above stays with those its partitions have for it.
fn index_is_kept(above: Pair<'_, Table>, name: &str) -> bool {
    let find = |table: &'_ Table| table.indexes.iter().find(|it| it.name == name).cloned();
    match (find(above.previous), find(above.next)) {
        (Some(previous), Some(next)) => super::index::is_kept(&previous, &next),
        (None, None) => true,
        _ => false,
    }
}

fn attach_index(
    above: &QualifiedName,
    owner: &Index,
    (partition, name, adopted): (&QualifiedName, &String, &[String]),
    steps: &mut Vec<Step>,
) {
    let own = index_address(partition, name);
    if !adopted.contains(name) {
        let index = Index {
            name: name.clone(),
            invalid: false,
            comment: None,
            ..owner.clone()
        };
        let create = Step::new(Phase::Index, ddl::create_index(partition, &index));
        steps.push(create.makes(own.clone()));
    }
    let qualified =
        |table: &QualifiedName, name: &str| QualifiedName::new(table.namespace.as_str(), name);
    let sql = ddl::attach_index(&qualified(above, &owner.name), &qualified(partition, name));
    let step = Step::new(Phase::Attach, sql).needs([own]);
    steps.push(step.needs(index_of(above, &owner.name)));
}
