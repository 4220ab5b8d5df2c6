//! Columns: added, dropped, and changed fact by fact.

use schema_core::{
    ddl::{self, Address},
    ident,
    schema::{Column, QualifiedName, Table},
};

use super::{
    super::{
        convert::conversion,
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Context, comment, released_type,
};
use crate::diff::{AlterTable, Change, Pair};

pub(super) fn lower(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    change: &Change<'_, Column>,
    steps: &mut Vec<Step>,
) {
    let table = &alter.table.next.name;
    match change {
        Change::Create(column) => add(cx, alter, column, steps),
        Change::Drop(column) => steps.push(drop(alter, column)),
        Change::Alter(pair) if is_made_again(*pair) => {
            make_again(cx, alter, *pair, steps);
        }
        Change::Alter(pair) => change_facts(cx, table, *pair, steps),
    }
}

fn address(table: &QualifiedName, column: &str) -> Address {
    Address::Column(table.clone(), column.to_owned())
}

/// A column that is to be generated, or in another way, can only be made again: its values are computed.
fn is_made_again(pair: Pair<'_, Column>) -> bool {
    pair.differs(|column| &column.generated) && pair.next.generated.is_some()
}

fn make_again(
    cx: &Context<'_>,
    alter: &AlterTable<'_>,
    pair: Pair<'_, Column>,
    steps: &mut Vec<Step>,
) {
    steps.push(drop(alter, pair.previous));
    add(cx, alter, pair.next, steps);
}

/// Generated columns that stay as they are, of columns whose type changes: the server refuses that while they are there.
pub(super) fn in_the_way(cx: &Context<'_>, alter: &AlterTable<'_>, steps: &mut Vec<Step>) {
    let changed = retyped(alter);
    for next in &alter.table.next.columns {
        let previous = alter.table.previous.column(&next.name);
        let Some(previous) = previous.filter(|previous| *previous == next) else {
            continue;
        };
        let uses = used_columns(alter.table.previous, previous);
        if uses.iter().any(|name| changed.contains(&name.as_str())) {
            make_again(cx, alter, Pair { previous, next }, steps);
        }
    }
}

/// The columns whose type changes, by name.
pub(super) fn retyped<'a>(alter: &AlterTable<'a>) -> Vec<&'a str> {
    let changes = alter.columns.iter().filter_map(|change| match change {
        Change::Alter(pair) if is_retyped(*pair) => Some(pair.next.name.as_str()),
        _ => None,
    });
    changes.collect()
}

fn is_retyped(pair: Pair<'_, Column>) -> bool {
    pair.differs(|column| &column.sql_type) || pair.differs(|column| &column.collation)
}

/// The columns a generated column is computed from.
fn used_columns(table: &Table, column: &Column) -> Vec<String> {
    let all: Vec<&str> = table.columns.iter().map(|it| it.name.as_str()).collect();
    column.generated.as_ref().map_or(Vec::new(), |generated| {
        ident::columns_in(generated.as_str(), &table.name.name, &all)
    })
}

fn add(cx: &Context<'_>, alter: &AlterTable<'_>, column: &Column, steps: &mut Vec<Step>) {
    let table = &alter.table.next.name;
    let own = || address(table, &column.name);
    let mut step = Step::new(Phase::Column, ddl::add_column(table, column))
        .needs([Address::Table(table.clone())])
        .needs(cx.ty(&column.sql_type))
        .makes(own());
    if column.generated.is_some() {
        let used = used_columns(alter.table.next, column);
        step = step
            .needs(used.iter().map(|name| address(table, name)))
            .hazard(
                HazardKind::RewritesTable,
                format!(
                    "table `{table}` is written anew to compute `{}`",
                    column.name
                ),
            );
    }
    let has_value =
        column.default.is_some() || column.generated.is_some() || column.identity.is_some();
    if !column.nullable && !has_value {
        step = step.hazard(
            HazardKind::MayFail,
            format!(
                "rows of `{table}` have no value for `{}`, which takes no NULL",
                column.name
            ),
        );
    }
    steps.push(step);
    steps.extend(storage(table, column));
    if column.comment.is_some() {
        steps.push(comment(own(), column.comment.as_deref()));
    }
}

fn drop(alter: &AlterTable<'_>, column: &Column) -> Step {
    let table = &alter.table.next.name;
    let own = address(table, &column.name);
    let step = Step::new(Phase::Remove, ddl::drop(&own))
        .removes(own)
        .releases(released_type(&column.sql_type));
    if column.generated.is_some() {
        let used = used_columns(alter.table.previous, column);
        let used = used.iter().map(|name| address(table, name));
        return Step {
            phase: Phase::Release,
            ..step.releases(used)
        };
    }
    step.hazard(
        HazardKind::DeletesData,
        format!("all values of `{table}.{}` go", column.name),
    )
}

fn storage(table: &QualifiedName, column: &Column) -> Option<Step> {
    let sql = ddl::set_storage(table, column)?;
    Some(Step::new(Phase::Column, sql).needs([address(table, &column.name)]))
}

/// One statement per fact, in an order in which each runs: what stands in the way of the type first.
fn change_facts(
    cx: &Context<'_>,
    table: &QualifiedName,
    pair: Pair<'_, Column>,
    steps: &mut Vec<Step>,
) {
    let Pair { previous, next } = pair;
    let own = || address(table, &next.name);
    let mut push = |sql: String| {
        steps.push(Step::new(Phase::Column, sql));
    };
    if previous.identity.is_some() && next.identity.is_none() {
        push(ddl::drop_identity(table, &next.name));
    }
    if previous.generated.is_some() && next.generated.is_none() {
        push(ddl::drop_expression(table, &next.name));
    }
    let retyped = is_retyped(pair);
    let default_in_the_way = retyped && previous.default.is_some();
    let redefault = pair.differs(|column| &column.default);
    if previous.default.is_some() && (default_in_the_way || next.default.is_none()) {
        push(ddl::set_default(table, &next.name, None));
    }
    if retyped {
        steps.push(retype(cx, table, pair));
    }
    if pair.differs(|column| &column.nullable) {
        steps.push(nullability(table, next));
    }
    let after = |sql: String| Step::new(Phase::Column, sql).needs(cx.ty(&next.sql_type));
    if let Some(default) = next
        .default
        .as_ref()
        .filter(|_| redefault || default_in_the_way)
    {
        steps.push(after(ddl::set_default(table, &next.name, Some(default))));
    }
    match (&previous.identity, &next.identity) {
        (None, Some(_)) => steps.push(after(ddl::add_identity(table, next))),
        (Some(old), Some(new)) if old != new => {
            steps.push(after(ddl::set_generated(table, &next.name, new)));
        }
        _ => {}
    }
    if pair.differs(|column| &column.storage) {
        steps.extend(storage(table, next));
    }
    if pair.differs(|column| &column.compression) {
        let sql = ddl::set_compression(table, &next.name, next.compression);
        steps.push(Step::new(Phase::Column, sql));
    }
    if pair.differs(|column| &column.comment) {
        steps.push(comment(own(), next.comment.as_deref()));
    }
}

fn retype(cx: &Context<'_>, table: &QualifiedName, pair: Pair<'_, Column>) -> Step {
    let Pair { previous, next } = pair;
    let conversion = conversion(&next.name, &previous.sql_type, &next.sql_type);
    let sql = ddl::alter_column_type(table, next, conversion.using.as_ref());
    let mut step = Step::new(Phase::Column, sql)
        .needs(cx.ty(&next.sql_type))
        .makes(address(table, &next.name))
        .releases(released_type(&previous.sql_type));
    let column = format!("`{table}.{}`", next.name);
    if conversion.may_fail {
        let what = format!(
            "a value of {column} may not be one of type {}",
            next.sql_type
        );
        step = step.hazard(HazardKind::MayFail, what);
    }
    if !conversion.keeps_rows {
        let what = format!("table `{table}` is written anew and nobody reads it meanwhile");
        step = step.hazard(HazardKind::RewritesTable, what);
    }
    step
}

fn nullability(table: &QualifiedName, column: &Column) -> Step {
    let sql = ddl::set_nullable(table, &column.name, column.nullable);
    let step = Step::new(Phase::Column, sql).makes(address(table, &column.name));
    if column.nullable {
        return step;
    }
    step.hazard(
        HazardKind::MayFail,
        format!("rows of `{table}` may hold NULL in `{}`", column.name),
    )
    .hazard(
        HazardKind::BlocksReads,
        format!("all rows of `{table}` are looked at while nobody reads it"),
    )
}
