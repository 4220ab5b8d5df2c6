//! Tables that come to inherit, and those that inherit no more.

use schema_core::{
    ddl::{self, Address},
    schema::{QualifiedName, Table},
};

use super::{
    super::{
        effect::LockMode,
        lookup::Lookup,
        step::{Phase, Step},
    },
    Context, columns,
};
use crate::diff::{AlterTable, Diff, Pair};

/// The tables that a table inherits from before and after the plan, without a break.
pub(super) fn kept(table: Pair<'_, Table>) -> &[QualifiedName] {
    let (before, after) = (&table.previous.inherits, &table.next.inherits);
    let same = before
        .iter()
        .zip(after)
        .take_while(|(one, other)| one == other);
    &table.next.inherits[..same.count()]
}

/// Takes a table out of those below another, and puts it below others, in the order that the next schema has.
pub(super) fn lower(cx: &Context<'_>, table: Pair<'_, Table>, steps: &mut Vec<Step>) {
    let Pair { previous, next } = table;
    let kept = kept(table).len();
    for parent in &previous.inherits[kept..] {
        let step = Step::new(Phase::Detach, ddl::no_inherit(&next.name, parent))
            .releases([Address::Table(parent.clone())])
            .locks(LockMode::AccessExclusive, &next.name)
            .locks_only(LockMode::AccessExclusive, parent);
        steps.push(step);
    }
    for parent in &next.inherits[kept..] {
        let above = cx.next.table(parent);
        let above = above.into_iter().flat_map(|above| &above.columns);
        let own = next.columns.iter();
        let step = Step::new(Phase::Attach, ddl::inherit(&next.name, parent))
            .needs([
                Address::Table(parent.clone()),
                Address::Table(next.name.clone()),
            ])
            .needs(columns(parent, above.map(|column| &column.name)))
            .needs(columns(&next.name, own.map(|column| &column.name)))
            .locks(LockMode::AccessExclusive, &next.name)
            .locks_only(LockMode::ShareUpdateExclusive, parent);
        steps.push(step);
    }
}

/// The tables that do not differ and inherit from one that does: statements about that one reach them.
pub(super) fn reached<'a>(
    diff: &Diff<'_>,
    previous: &Lookup<'a>,
    next: &'a Lookup<'a>,
) -> Vec<Pair<'a, Table>> {
    let mut altered: Vec<&QualifiedName> = diff
        .altered_tables()
        .map(|alter| &alter.table.next.name)
        .collect();
    let mut found = Vec::new();
    let mut pending = true;
    while pending {
        pending = false;
        for table in &next.tables {
            let mut parents = table.inherits.iter();
            let inherits = parents.any(|parent| altered.contains(&parent));
            if !inherits || altered.contains(&&table.name) {
                continue;
            }
            if let Some(previous) = previous.table(&table.name) {
                found.push(Pair {
                    previous,
                    next: table,
                });
                altered.push(&table.name);
                pending = true;
            }
        }
    }
    found
}

/// The column of a table as the statements about those it goes on inheriting from leave it.
pub(super) fn column_reached(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    previous: &schema_core::schema::Column,
) -> schema_core::schema::Column {
    let mut column = previous.clone();
    for parent in kept(alter.table) {
        let find = |schema: &Lookup<'_>| {
            let table = schema.table(parent)?;
            table.column(&previous.name).cloned()
        };
        if let (Some(from), Some(to)) = (find(cx.previous), find(cx.next)) {
            column = super::effective::reached(&column, &from, &to);
        }
    }
    column
}
