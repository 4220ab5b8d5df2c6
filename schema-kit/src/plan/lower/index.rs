//! Indexes: created, dropped, renamed, and made again where a fact differs, for no statement changes one.

use schema_core::{
    ddl::{self, Address},
    schema::{Index, Indexed, QualifiedName},
};

use super::{
    super::{
        PlanError,
        effect::{LockMode, Work},
        hazard::HazardKind,
        lookup::Lookup,
        online::Intent,
        step::{Phase, Step},
    },
    Context, columns, comment, index_address,
};
use crate::diff::{Change, Pair};

/// Lowers the changes of a table's or materialized view's indexes.
pub(super) fn lower(
    cx: &Context<'_>,
    table: &QualifiedName,
    changes: &[Change<'_, Index>],
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    for change in changes {
        match change {
            Change::Create(index) => create_on_rows(cx, table, index, steps),
            Change::Drop(index) => steps.push(drop(cx, table, index)),
            Change::Alter(pair) => alter(cx, table, *pair, steps)?,
        }
    }
    Ok(())
}

fn alter(
    cx: &Context<'_>,
    table: &QualifiedName,
    pair: Pair<'_, Index>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let made = index_address(table, &next.name);
    if next.invalid && !previous.invalid {
        return Err(PlanError {
            object: made.to_string(),
            change: "cannot become invalid",
            help: "take the next schema from a database whose indexes are built",
        });
    }
    if !is_kept(previous, next) {
        steps.push(drop(cx, table, previous));
        create_on_rows(cx, table, next, steps);
        return Ok(());
    }
    if previous.name != next.name {
        let address = index_address(table, &previous.name);
        let step = Step::new(Phase::Release, ddl::rename(&address, &next.name));
        steps.push(step.removes(address).makes(made.clone()));
    }
    let parameters = ddl::set_parameters(&made, &previous.with, &next.with);
    let parameters = parameters.into_iter();
    steps.extend(parameters.map(|sql| Step::new(Phase::Index, sql).needs([made.clone()])));
    if pair.differs(|index| &index.comment) {
        steps.push(comment(made, next.comment.as_deref()));
    }
    Ok(())
}

/// Whether an index becomes another without being built anew.
pub(super) fn is_kept(previous: &Index, next: &Index) -> bool {
    let same = Index {
        name: next.name.clone(),
        with: next.with.clone(),
        comment: next.comment.clone(),
        ..previous.clone()
    };
    same == *next
}

/// Creates an index of a new table or view.
pub(super) fn create(cx: &Context<'_>, table: &QualifiedName, index: &Index) -> Vec<Step> {
    let made = index_address(table, &index.name);
    let step = Step::new(Phase::Index, ddl::create_index(table, index))
        .divided(LockMode::Share, table, Work::Scan)
        .intends(Intent::CreateIndex(table.clone(), index.clone()))
        .needs([Address::Table(table.clone())])
        .needs(index_columns(cx.next, table, index))
        .needs(cx.extensions())
        .needs(texts(index).iter().flat_map(|text| cx.uses(text)))
        .makes(made.clone());
    let text = index.comment.as_deref();
    let commented = text.map(|text| comment(made, Some(text)));
    [step].into_iter().chain(commented).collect()
}

/// The columns an index is about: all of the table where it has an expression, for which of them that uses is not known
/// for sure.
pub(in super::super) fn index_columns(
    schema: &Lookup<'_>,
    table: &QualifiedName,
    index: &Index,
) -> Vec<Address> {
    let plain = index.keys.iter().map(|key| match &key.key {
        Indexed::Column(name) => Some(name),
        Indexed::Expression(_) => None,
    });
    let plain: Option<Vec<&String>> = plain.collect();
    match plain.filter(|_| index.predicate.is_none()) {
        Some(plain) => columns(table, plain.into_iter().chain(&index.include)),
        None => relation_columns(schema, table),
    }
}

fn relation_columns(schema: &Lookup<'_>, name: &QualifiedName) -> Vec<Address> {
    let all = schema.table(name);
    let all = all.into_iter().flat_map(|table| &table.columns);
    columns(name, all.map(|column| &column.name))
}

fn create_on_rows(cx: &Context<'_>, table: &QualifiedName, index: &Index, steps: &mut Vec<Step>) {
    let mut made = create(cx, table, index).into_iter();
    if let Some(step) = made.next() {
        let mut step = step.hazard(
            HazardKind::BuildsIndex,
            format!("all rows of `{table}` are sorted"),
        );
        if index.unique {
            step = step.hazard(
                HazardKind::MayFail,
                format!("rows of `{table}` may have equal values"),
            );
        }
        steps.push(step);
    }
    steps.extend(made);
}

fn drop(cx: &Context<'_>, table: &QualifiedName, index: &Index) -> Step {
    let address = index_address(table, &index.name);
    let released = index_columns(cx.previous, table, index);
    Step::new(Phase::Release, ddl::drop(&address))
        .divided(LockMode::AccessExclusive, table, Work::Nothing)
        .intends(Intent::DropIndex(table.clone(), index.clone()))
        .removes(address)
        .releases(released)
        .releases(texts(index).iter().flat_map(|text| cx.used(text)))
}

/// What of an index is SQL: expressions, and the names of operator classes.
pub(super) fn texts(index: &Index) -> Vec<String> {
    let classes = index
        .keys
        .iter()
        .filter_map(|key| key.operator_class.clone());
    classes
        .chain(index.expressions().map(ToString::to_string))
        .collect()
}

/// Drops an index and builds it again.
pub(super) fn make_again(
    cx: &Context<'_>,
    table: &QualifiedName,
    index: &Index,
    steps: &mut Vec<Step>,
) {
    steps.push(drop(cx, table, index));
    create_on_rows(cx, table, index, steps);
}
