//! Parts of tables and domains that both schemas have, made with objects which are made again: they let go before, and
//! take hold again after it.

use schema_core::{
    ddl::{self, Address},
    schema::{Check, Domain, Exclusion, Indexed, Schema, Table},
};

use super::{
    super::{
        PlanError,
        effect::LockMode,
        lookup::Lookup,
        step::{Phase, Step},
    },
    Context, column, constraint, domain, index, table,
};
use crate::diff::{AlterTable, Change, Pair};

pub(super) fn lower(cx: &Context<'_>, steps: &mut Vec<Step>) -> Result<(), PlanError> {
    if cx.again.keeps_objects() && cx.types_again.is_empty() {
        return Ok(());
    }
    for next in &cx.next.tables {
        if let Some(previous) = cx.previous.table(&next.name) {
            parts(cx, Pair { previous, next }, steps)?;
        }
    }
    for next in &cx.next.domains {
        let mut domains = cx.previous.domains.iter();
        if let Some(previous) = domains.find(|domain| domain.name == next.name) {
            domain(cx, Pair { previous, next }, steps);
        }
    }
    Ok(())
}

/// The objects a text is made with that are gone for a while, and the types that step aside.
fn gone(cx: &Context<'_>, text: &str) -> Vec<Address> {
    let mut gone = gone_objects(cx, text);
    gone.extend(cx.types_again_in(text));
    gone
}

fn gone_objects(cx: &Context<'_>, text: &str) -> Vec<Address> {
    let objects = cx.previous_names.objects_in(text).into_iter();
    let gone = objects.filter(|object| cx.again.is_gone(object));
    gone.map(Address::from).collect()
}

/// Whether one of the texts is made with an object that is gone for a while.
pub(super) fn is_gone<'t>(cx: &Context<'_>, texts: impl IntoIterator<Item = &'t str>) -> bool {
    texts.into_iter().any(|text| !gone(cx, text).is_empty())
}

fn parts(cx: &Context<'_>, pair: Pair<'_, Table>, steps: &mut Vec<Step>) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let name = &next.name;
    let keys = previous.partition_by.iter().flat_map(|by| &by.keys);
    let mut expressions = keys.filter_map(|key| match &key.key {
        Indexed::Expression(expression) => Some(expression.as_str()),
        Indexed::Column(_) => None,
    });
    if expressions.any(|text| is_gone(cx, [text])) {
        return Err(PlanError {
            object: Address::Table(name.clone()).to_string(),
            change: "is partitioned by a function that cannot become another",
            help: "make a function of another name for what else calls it",
        });
    }
    columns(cx, pair, steps);
    for check in previous.checks.iter().filter(|it| next.checks.contains(it)) {
        if is_gone(cx, [check.expression.as_str()]) {
            constraint::make_again::<Check>(cx, previous, name, check, steps);
        }
    }
    let exclusions = previous.exclusions.iter();
    for exclusion in exclusions.filter(|it| next.exclusions.contains(it)) {
        let texts = constraint::exclusion_texts(exclusion);
        if is_gone(cx, texts.iter().map(String::as_str)) {
            constraint::make_again::<Exclusion>(cx, previous, name, exclusion, steps);
        }
    }
    for index in previous
        .indexes
        .iter()
        .filter(|it| next.indexes.contains(it))
    {
        let texts = index::texts(index);
        if is_gone(cx, texts.iter().map(String::as_str)) {
            index::make_again(cx, name, index, steps);
        }
    }
    let alter = AlterTable::new(pair);
    for policy in previous
        .policies
        .iter()
        .filter(|it| next.policies.contains(it))
    {
        let texts = policy.using.iter().chain(&policy.with_check);
        if is_gone(cx, texts.map(|text| text.as_str())) {
            let change = Change::Alter(Pair {
                previous: policy,
                next: policy,
            });
            table::policy(cx, &alter, &change, steps);
        }
    }
    Ok(())
}

fn columns(cx: &Context<'_>, table: Pair<'_, Table>, steps: &mut Vec<Step>) {
    let name = &table.next.name;
    for previous in &table.previous.columns {
        let Some(next) = table.next.column(&previous.name) else {
            continue;
        };
        // The default of a column that changes over to a type made anew changes with it.
        let text = previous.default.as_ref();
        let text = text.map(|text| match cx.changes_over(&next.sql_type) {
            true => gone_objects(cx, text.as_str()),
            false => gone(cx, text.as_str()),
        });
        if let Some(gone) = text.filter(|gone| !gone.is_empty()) {
            let sql = ddl::set_default(name, &next.name, None);
            let step = Step::new(Phase::Release, sql).locks(LockMode::AccessExclusive, name);
            steps.push(step.releases(gone));
            if previous.default == next.default {
                let sql = ddl::set_default(name, &next.name, next.default.as_ref());
                let text = next.default.as_ref().map_or("", |text| text.as_str());
                let step = Step::new(Phase::Column, sql).locks(LockMode::AccessExclusive, name);
                steps.push(step.needs(cx.uses(text)));
            }
        }
        let generated = previous.generated.as_ref().map(|text| text.as_str());
        if previous.generated == next.generated && is_gone(cx, generated) {
            let alter = AlterTable::new(table);
            column::make_again(cx, &alter, Pair { previous, next }, steps);
        }
    }
}

fn domain(cx: &Context<'_>, pair: Pair<'_, Domain>, steps: &mut Vec<Step>) {
    let Pair { previous, next } = pair;
    let default = previous
        .default
        .as_ref()
        .map(|text| gone(cx, text.as_str()));
    if let Some(gone) = default.filter(|gone| !gone.is_empty()) {
        let without = Domain {
            default: None,
            ..next.clone()
        };
        let sql = ddl::set_domain_default(&without);
        steps.push(Step::new(Phase::Release, sql).releases(gone));
        if previous.default == next.default {
            let text = next.default.as_ref().map_or("", |text| text.as_str());
            let sql = ddl::set_domain_default(next);
            steps.push(Step::new(Phase::Column, sql).needs(cx.uses(text)));
        }
    }
    for check in previous.checks.iter().filter(|it| next.checks.contains(it)) {
        let gone = gone(cx, check.expression.as_str());
        if !gone.is_empty() {
            domain::make_check_again(cx, next, check, gone, steps);
        }
    }
}

/// The parts of tables and domains that are the same in both schemas, each as its text: they wait for the objects they
/// are made with.
pub(super) fn kept_texts(previous: &Schema, next: &Lookup<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for table in &previous.tables {
        let Some(next) = next.own(&table.name) else {
            continue;
        };
        for column in &table.columns {
            let Some(is) = next.column(&column.name) else {
                continue;
            };
            let same = column
                .default
                .iter()
                .filter(|it| is.default.as_ref() == Some(it));
            let generated = column
                .generated
                .iter()
                .filter(|it| is.generated.as_ref() == Some(it));
            texts.extend(same.chain(generated).map(ToString::to_string));
        }
        let checks = table.checks.iter().filter(|it| next.checks.contains(it));
        texts.extend(checks.map(|check| check.expression.to_string()));
        let indexes = table.indexes.iter().filter(|it| next.indexes.contains(it));
        texts.extend(indexes.flat_map(index::texts));
        let exclusions = table
            .exclusions
            .iter()
            .filter(|it| next.exclusions.contains(it));
        texts.extend(exclusions.flat_map(constraint::exclusion_texts));
        let policies = table
            .policies
            .iter()
            .filter(|it| next.policies.contains(it));
        let policies = policies.flat_map(|it| it.using.iter().chain(&it.with_check));
        texts.extend(policies.map(ToString::to_string));
    }
    for domain in &previous.domains {
        let mut domains = next.domains.iter();
        let Some(next) = domains.find(|it| it.name == domain.name) else {
            continue;
        };
        let checks = domain.checks.iter().filter(|it| next.checks.contains(it));
        let same = domain
            .default
            .iter()
            .filter(|it| next.default.as_ref() == Some(it));
        let checks = checks.map(|check| &check.expression);
        texts.extend(checks.chain(same).map(ToString::to_string));
    }
    texts
}
