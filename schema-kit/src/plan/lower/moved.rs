//! Tables that become partitions, and partitions that become tables or those of another table: detached first, brought into
//! the form that their new place asks for, and attached last.

use schema_core::{
    ddl,
    ddl::Address,
    schema::{Exclusion, ForeignKey, Index, Partition, QualifiedName, Table, Unique},
};

use super::{
    super::{
        PlanError,
        lookup::Lookup,
        step::{Phase, Step},
    },
    Context, columns, effective, index_address, partition, table,
};
use crate::diff::{AlterTable, Moved, Pair, Place};

pub(super) fn lower(
    cx: &Context<'_>,
    moved: Moved<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let previous = effective::alone(cx.previous, moved.previous);
    let whole = effective::table(cx.next, moved.next);
    let mut next = effective::alone(cx.next, moved.next);
    if let Place::Below(above, partition) = moved.previous {
        let name = &partition.table.name;
        let step = partition::detach(Phase::Detach, above, name);
        steps.push(step.makes(Address::Table(name.clone())));
    }
    if let Place::Below(_, partition) = moved.next {
        leave_to_attaching(&previous, &mut next, partition);
    }
    let pair = Pair {
        previous: &previous,
        next: &next,
    };
    table::alter(cx, &AlterTable::new(pair), steps)?;
    if let Place::Below(above, partition) = moved.next {
        attach(cx.next, (above, partition), (&next, &whole), steps);
    }
    Ok(())
}

/// Takes out of a table what attaching it makes: the keys, indexes and foreign keys that it does not have yet.
fn leave_to_attaching(previous: &Table, next: &mut Table, partition: &Partition) {
    let own = &partition.table;
    macro_rules! keep {
        ($($list:ident: $ty:ident)*) => {
            $(
                let bare = |it: &$ty| $ty {
                    name: String::new(),
                    comment: None,
                    ..it.clone()
                };
                next.$list.retain(|it| {
                    own.$list.contains(it) || previous.$list.iter().any(|was| bare(was) == bare(it))
                });
            )*
        };
    }
    keep!(uniques: Unique exclusions: Exclusion foreign_keys: ForeignKey indexes: Index);
    if own.primary_key.is_none() && previous.primary_key.is_none() {
        next.primary_key = None;
    }
}

fn attach(
    schema: &Lookup<'_>,
    (above, below): (&QualifiedName, &Partition),
    (made, whole): (&Table, &Table),
    steps: &mut Vec<Step>,
) {
    let name = &below.table.name;
    let own = |table: &Table| columns(&table.name, table.columns.iter().map(|it| &it.name));
    let table = schema.table(above);
    let step = partition::attach(Phase::Attach, above, below)
        .needs([Address::Table(above.clone())])
        .needs(table.into_iter().flat_map(own))
        .needs(own(whole));
    steps.push(step);
    let Some(table) = table else {
        return;
    };
    let chosen = table.index_names_in(name);
    for (index, given) in &below.index_names {
        let is_there = made.indexes.iter().any(|it| it.name == *given)
            || made.uniques.iter().any(|it| it.name == *given)
            || made.primary_key.iter().any(|it| it.name == *given);
        if let Some(chosen) = chosen
            .get(index)
            .filter(|chosen| *chosen != given && !is_there)
        {
            let address = index_address(name, chosen);
            steps.push(Step::new(Phase::Attached, ddl::rename(&address, given)));
        }
    }
}
