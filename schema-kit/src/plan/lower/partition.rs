//! Partitions: created, dropped, and given other bounds without losing a row.

use schema_core::{
    ddl::{self, Address},
    schema::{Partition, PartitionBy, QualifiedName, Table},
};

use super::{
    super::{
        PlanError,
        effect::LockMode,
        hazard::HazardKind,
        online::Intent,
        step::{Phase, Step},
    },
    Context, comment,
};
use crate::diff::{AlterTable, Change, Pair, changes};

/// The partitions of a new table, at all levels.
pub(super) fn create(cx: &Context<'_>, table: &Table, steps: &mut Vec<Step>) {
    for (parent, partition) in table.partitions() {
        create_one(cx, parent, partition, steps);
    }
}

/// Lowers what differs in how a table is divided.
pub(super) fn alter(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = alter.table;
    match (&previous.partition_by, &next.partition_by) {
        (None, None) => Ok(()),
        (Some(old), Some(new)) => alter_levels(
            cx,
            &next.name,
            Pair {
                previous: old,
                next: new,
            },
            steps,
        ),
        _ => Err(cannot_divide(&next.name)),
    }
}

fn cannot_divide(name: &QualifiedName) -> PlanError {
    PlanError {
        object: Address::Table(name.clone()).to_string(),
        change: "cannot be partitioned in another way",
        help: "make a new table, copy the rows and rename it, in migrations of your own",
    }
}

fn alter_levels(
    cx: &Context<'_>,
    parent: &QualifiedName,
    pair: Pair<'_, PartitionBy>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    if pair.differs(|by| &by.strategy) || pair.differs(|by| &by.keys) {
        return Err(cannot_divide(parent));
    }
    for change in changes(&pair.previous.partitions, &pair.next.partitions, |it| {
        &it.name
    }) {
        match change {
            Change::Create(partition) => {
                create_one(cx, parent, partition, steps);
                let nested = partition.partition_by.iter();
                let nested = nested.flat_map(|by| by.walk(&partition.name));
                nested.for_each(|(parent, partition)| create_one(cx, parent, partition, steps));
            }
            Change::Drop(partition) => steps.push(drop(parent, partition)),
            Change::Alter(pair) => alter_one(cx, parent, pair, steps)?,
        }
    }
    Ok(())
}

fn create_one(
    cx: &Context<'_>,
    parent: &QualifiedName,
    partition: &Partition,
    steps: &mut Vec<Step>,
) {
    let own = Address::Table(partition.name.clone());
    let step = Step::new(Phase::Table, ddl::create_partition(parent, partition))
        .needs(cx.namespace(&partition.name))
        .needs([Address::Table(parent.clone())])
        .makes(own.clone())
        .locks_only(LockMode::AccessExclusive, parent);
    steps.push(step);
    if partition.comment.is_some() {
        steps.push(comment(own, partition.comment.as_deref()));
    }
}

/// It goes early: another partition may hold its values from then on.
fn drop(parent: &QualifiedName, partition: &Partition) -> Step {
    let address = Address::Table(partition.name.clone());
    let namespace = Address::Namespace(partition.name.namespace.clone());
    Step::new(Phase::Release, ddl::drop(&address))
        .removes(address)
        .releases([namespace])
        .locks_only(LockMode::AccessExclusive, parent)
        .locks(LockMode::AccessExclusive, &partition.name)
        .hazard(
            HazardKind::DeletesData,
            format!("all rows of partition `{}` go", partition.name),
        )
        .intends(Intent::DropPartition(parent.clone(), partition.clone()))
}

fn alter_one(
    cx: &Context<'_>,
    parent: &QualifiedName,
    pair: Pair<'_, Partition>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let own = || Address::Table(next.name.clone());
    match (&previous.partition_by, &next.partition_by) {
        (None, None) => {}
        (Some(old), Some(new)) => {
            alter_levels(
                cx,
                &next.name,
                Pair {
                    previous: old,
                    next: new,
                },
                steps,
            )?;
        }
        _ => return Err(cannot_divide(&next.name)),
    }
    if pair.differs(|partition| &partition.bound) {
        let detach = ddl::detach_partition(parent, &next.name);
        let detach = Step::new(Phase::Release, detach)
            .locks_only(LockMode::AccessExclusive, parent)
            .locks(LockMode::AccessExclusive, &next.name);
        steps.push(detach);
        let attach = Step::new(Phase::Table, ddl::attach_partition(parent, next))
            .hazard(
                HazardKind::MayFail,
                format!("rows of partition `{}` may not be in its bounds", next.name),
            )
            .locks_only(LockMode::ShareUpdateExclusive, parent)
            .scans(LockMode::AccessExclusive, &next.name);
        steps.push(attach);
    }
    if pair.differs(|partition| &partition.comment) {
        steps.push(comment(own(), next.comment.as_deref()));
    }
    Ok(())
}
