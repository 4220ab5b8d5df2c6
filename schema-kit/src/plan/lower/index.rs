//! Indexes: created, dropped, renamed, and made again where a fact differs, for no statement changes one.

use schema_core::{
    ddl::{self},
    schema::{Index, QualifiedName},
};

use super::{
    super::{
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Context, columns, index_address,
};
use crate::diff::Change;

pub(super) fn lower(
    cx: &Context<'_>,
    table: &QualifiedName,
    changes: &[Change<'_, Index>],
    steps: &mut Vec<Step>,
) {
    for change in changes {
        match change {
            Change::Create(index) => steps.push(create_on_rows(cx, table, index)),
            Change::Drop(index) => steps.push(drop(cx, table, index)),
            Change::Alter(pair) => {
                let (previous, next) = (pair.previous, pair.next);
                let renamed = Index {
                    name: next.name.clone(),
                    ..previous.clone()
                };
                if renamed == *next {
                    let address = index_address(table, &previous.name);
                    let step = Step::new(Phase::Release, ddl::rename(&address, &next.name));
                    let made = index_address(table, &next.name);
                    steps.push(step.removes(address).makes(made));
                } else {
                    steps.push(drop(cx, table, previous));
                    steps.push(create_on_rows(cx, table, next));
                }
            }
        }
    }
}

/// Creates an index of a new table.
pub(super) fn create(cx: &Context<'_>, table: &QualifiedName, index: &Index) -> Step {
    let all = cx.next.table(&table.namespace, &table.name);
    let all = all.into_iter().flat_map(|table| &table.columns);
    Step::new(Phase::Index, ddl::create_index(table, index))
        .needs(columns(table, all.map(|column| &column.name)))
        .needs(cx.extensions())
        .makes(index_address(table, &index.name))
}

fn create_on_rows(cx: &Context<'_>, table: &QualifiedName, index: &Index) -> Step {
    let step = create(cx, table, index)
        .hazard(
            HazardKind::BlocksWrites,
            format!("an index of `{table}` is built while nobody writes it"),
        )
        .hazard(
            HazardKind::BuildsIndex,
            format!("all rows of `{table}` are sorted"),
        );
    if !index.unique {
        return step;
    }
    step.hazard(
        HazardKind::MayFail,
        format!("rows of `{table}` may have equal values"),
    )
}

fn drop(cx: &Context<'_>, table: &QualifiedName, index: &Index) -> Step {
    let address = index_address(table, &index.name);
    // Which columns its expressions use is not known for sure.
    let all = cx.previous.table(&table.namespace, &table.name);
    let all = all.into_iter().flat_map(|table| &table.columns);
    let released = all.map(|column| &column.name);
    Step::new(Phase::Release, ddl::drop(&address))
        .removes(address)
        .releases(columns(table, released))
}
