//! A table's own facts that no part of it holds: how it is stored, logged, replicated and secured.

use schema_core::{
    ddl::{self, Address},
    schema::{QualifiedName, ReplicaIdentity, Table},
};

use super::{
    super::{
        PlanError,
        effect::LockMode,
        step::{Phase, Step},
    },
    Context, index, index_address,
};
use crate::diff::{AlterTable, Change};

/// What of a new table stands in neither `CREATE TABLE` nor one of its parts.
pub(super) fn create(table: &Table, steps: &mut Vec<Step>) {
    let own = || Address::Table(table.name.clone());
    if table.row_level_security {
        let enable = ddl::enable_row_level_security(&table.name);
        steps.push(security(&table.name, enable));
    }
    if table.force_row_level_security {
        let force = ddl::force_row_level_security(&table.name);
        steps.push(security(&table.name, force));
    }
    if table.replica_identity != ReplicaIdentity::Default {
        steps.push(replica_identity(table).needs([own()]));
    }
    if table.clustered_on.is_some() {
        steps.push(clustered_on(table).needs([own()]));
    }
}

/// Lowers what differs.
pub(super) fn alter(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let pair = alter.table;
    let (previous, next) = (pair.previous, pair.next);
    let address = Address::Table(next.name.clone());
    if pair.differs(|table| &table.unlogged) {
        steps.push(set_unlogged(cx, alter));
    }
    let parameters = ddl::set_parameters(&address, &previous.with, &next.with).into_iter();
    steps.extend(parameters.map(|sql| {
        Step::new(Phase::Table, sql)
            .needs([address.clone()])
            .locks_only(LockMode::ShareUpdateExclusive, &next.name)
    }));
    if pair.differs(|table| &table.row_level_security) {
        let sql = match next.row_level_security {
            true => ddl::enable_row_level_security(&next.name),
            false => ddl::disable_row_level_security(&next.name),
        };
        steps.push(security(&next.name, sql));
    }
    if pair.differs(|table| &table.force_row_level_security) {
        let sql = match next.force_row_level_security {
            true => ddl::force_row_level_security(&next.name),
            false => ddl::unforce_row_level_security(&next.name),
        };
        steps.push(security(&next.name, sql));
    }
    let chosen = match &next.replica_identity {
        ReplicaIdentity::Index(name) => made_again(alter).contains(&name),
        _ => false,
    };
    if chosen || pair.differs(|table| &table.replica_identity) {
        steps.push(replica_identity(next));
    }
    let chosen = next.clustered_on.iter();
    let chosen = chosen.filter(|name| made_again(alter).contains(name));
    if chosen.count() > 0 || pair.differs(|table| &table.clustered_on) {
        steps.push(clustered_on(next));
    }
    Ok(())
}

/// A logged table references no unlogged one, so what references goes first one way and last the other; in a circle the
/// foreign keys go before and come back.
fn set_unlogged(cx: &Context<'_>, alter: &AlterTable<'_>) -> Step {
    let next = alter.table.next;
    let keys = alter.table.previous.foreign_keys.iter();
    let keys = keys.filter(|key| {
        let made_again = &cx.foreign_keys_again;
        !made_again.contains(&(next.name.clone(), key.name.clone()))
    });
    let referenced = keys.map(|key| Address::Table(key.referenced_table.clone()));
    let referenced = referenced.filter(|table| *table != Address::Table(next.name.clone()));
    let step = Step::new(Phase::Table, ddl::set_unlogged(&next.name, next.unlogged))
        .makes(Address::Table(next.name.clone()))
        .rewrites(&next.name);
    match next.unlogged {
        true => step.releases(referenced),
        false => step.needs(referenced),
    }
}

/// The indexes that are new under a name that there may have been: nothing chooses them yet.
fn made_again<'a>(alter: &'a AlterTable<'_>) -> Vec<&'a String> {
    let indexes = alter.indexes.iter().filter_map(|change| match change {
        Change::Alter(pair) if !index::is_kept(pair.previous, pair.next) => Some(&pair.next.name),
        _ => None,
    });
    let uniques = alter.uniques.iter().filter_map(|change| match change {
        Change::Alter(pair) => Some(&pair.next.name),
        _ => None,
    });
    let primary_key = alter.primary_key.iter().filter_map(|change| match change {
        Change::Alter(pair) => Some(&pair.next.name),
        _ => None,
    });
    indexes.chain(uniques).chain(primary_key).collect()
}

fn security(table: &QualifiedName, sql: String) -> Step {
    Step::new(Phase::Security, sql)
        .needs([Address::Table(table.clone())])
        .locks_only(LockMode::AccessExclusive, table)
}

fn replica_identity(table: &Table) -> Step {
    let step = Step::new(Phase::Index, ddl::set_replica_identity(table))
        .locks_only(LockMode::AccessExclusive, &table.name);
    match &table.replica_identity {
        ReplicaIdentity::Index(name) => step.needs(chosen(&table.name, name)),
        _ => step,
    }
}

fn clustered_on(table: &Table) -> Step {
    let step = Step::new(Phase::Index, ddl::set_clustered_on(table))
        .locks_only(LockMode::ShareUpdateExclusive, &table.name);
    let name = table.clustered_on.iter();
    step.needs(name.flat_map(|name| chosen(&table.name, name)))
}

/// An index may be a constraint's.
fn chosen(table: &QualifiedName, name: &str) -> [Address; 2] {
    let constraint = Address::Constraint(table.clone(), name.to_owned());
    [index_address(table, name), constraint]
}
