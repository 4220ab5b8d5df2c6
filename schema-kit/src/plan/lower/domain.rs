//! Domains: created, changed in place where a statement can, and otherwise made anew as an enum type is.

use schema_core::{
    ddl::{self, Address},
    schema::{Domain, DomainCheck, Expression, SqlType},
};

use super::{
    super::{
        PlanError,
        convert::conversion,
        effect::LockMode,
        hazard::HazardKind,
        step::{Phase, Step},
    },
    Context, comment, released_type,
    type_object::{
        change_over, columns_of, drop, has_column_of, is_in_types, keeps_column_of, step_aside,
    },
};
use crate::diff::{Change, Diff, Pair};

pub(super) fn lower(
    cx: &Context<'_>,
    diff: &Diff<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    for change in &diff.domains {
        match change {
            Change::Create(domain) => create(cx, domain, steps),
            Change::Drop(domain) => {
                let step = drop(Address::Domain(domain.name.clone()));
                let used = texts(domain).flat_map(|text| cx.used(text));
                steps.push(
                    step.releases(released_type(&domain.sql_type))
                        .releases(used),
                );
            }
            Change::Alter(pair) => alter(cx, *pair, steps)?,
        }
    }
    Ok(())
}

/// What a domain is over cannot be another: as for an enum type.
fn make_again(
    cx: &Context<'_>,
    pair: Pair<'_, Domain>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    if is_in_types(cx.previous, &next.name) {
        return Err(PlanError {
            object: Address::Domain(next.name.clone()).to_string(),
            change: "cannot be over another type while types have it",
            help: "make a domain of another name and change the types over to it",
        });
    }
    let name = &next.name;
    let old = step_aside(cx, Address::Domain(name.clone()), name, steps);
    create(cx, next, steps);
    for (table, was, column) in columns_of(cx, name) {
        let over = |domain: &Domain| SqlType {
            array: column.sql_type.array || domain.sql_type.array,
            ..domain.sql_type.clone()
        };
        let conversion = conversion(&column.name, &over(previous), &over(next));
        let change = ddl::alter_column_type(table, column, conversion.using.as_ref());
        let mut change = Step::new(Phase::Column, change);
        if conversion.may_fail || next.not_null || !next.checks.is_empty() {
            let danger = format!("rows of `{table}` may hold values that `{name}` does not take");
            change = change.hazard(HazardKind::MayFail, danger);
        }
        let new = Address::Domain(name.clone());
        change_over(table, (was, column), (&old, new), change, steps);
    }
    steps.push(drop(old).releases(released_type(&previous.sql_type)));
    Ok(())
}

fn create(cx: &Context<'_>, domain: &Domain, steps: &mut Vec<Step>) {
    let address = Address::Domain(domain.name.clone());
    let step = Step::new(Phase::Type, ddl::create_domain(domain))
        .needs(cx.namespace(&domain.name))
        .needs(cx.ty(&domain.sql_type))
        .needs(texts(domain).flat_map(|text| cx.uses(text)))
        .makes(address.clone());
    steps.push(step);
    if domain.comment.is_some() {
        steps.push(comment(address.clone(), domain.comment.as_deref()));
    }
    for check in &domain.checks {
        if check.not_valid {
            let add = Step::new(Phase::Type, ddl::add_domain_check(&domain.name, check));
            steps.push(
                add.needs([address.clone()])
                    .makes(check_address(domain, check)),
            );
        }
        if check.comment.is_some() {
            steps.push(check_comment(domain, check).needs([address.clone()]));
        }
    }
}

/// What of a domain is SQL.
fn texts(domain: &Domain) -> impl Iterator<Item = &str> {
    let checks = domain.checks.iter().map(|check| &check.expression);
    checks.chain(&domain.default).map(Expression::as_str)
}

/// A check that waits until what it is made with is another.
pub(super) fn make_check_again(
    cx: &Context<'_>,
    domain: &Domain,
    check: &DomainCheck,
    gone: Vec<Address>,
    steps: &mut Vec<Step>,
) {
    let address = check_address(domain, check);
    steps.push(Step::new(Phase::Release, ddl::drop(&address)).releases(gone));
    let add = Step::new(Phase::Column, ddl::add_domain_check(&domain.name, check));
    let add = add.needs(cx.uses(check.expression.as_str())).makes(address);
    let tables = cx
        .previous
        .tables
        .iter()
        .filter(|table| has_column_of(table, &domain.name));
    steps.push(tables.fold(add, |step, table| step.scans(LockMode::Share, &table.name)));
    if check.comment.is_some() {
        steps.push(check_comment(domain, check));
    }
}

fn check_address(domain: &Domain, check: &DomainCheck) -> Address {
    Address::DomainConstraint(domain.name.clone(), check.name.clone())
}

fn check_comment(domain: &Domain, check: &DomainCheck) -> Step {
    comment(check_address(domain, check), check.comment.as_deref())
}

/// Whether two checks are one but for what is said of them.
fn is_same_check(one: &DomainCheck, other: &DomainCheck) -> bool {
    one.name == other.name && one.expression == other.expression && one.not_valid == other.not_valid
}

pub(super) fn is_over_another(pair: Pair<'_, Domain>) -> bool {
    pair.differs(|domain| &domain.sql_type) || pair.differs(|domain| &domain.collation)
}

fn alter(cx: &Context<'_>, pair: Pair<'_, Domain>, steps: &mut Vec<Step>) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let address = Address::Domain(next.name.clone());
    if is_over_another(pair) {
        return make_again(cx, pair, steps);
    }
    for check in previous
        .checks
        .iter()
        .filter(|it| !next.checks.iter().any(|next| is_same_check(it, next)))
    {
        let constraint = Address::DomainConstraint(next.name.clone(), check.name.clone());
        let used = cx.used(check.expression.as_str());
        let step = Step::new(Phase::Release, ddl::drop(&constraint)).releases(used);
        steps.push(step.removes(constraint));
    }
    let mut push = |sql: String| {
        let step = Step::new(Phase::Type, sql).makes(address.clone());
        steps.push(step.needs(texts(next).flat_map(|text| cx.uses(text))));
    };
    if pair.differs(|domain| &domain.default) {
        push(ddl::set_domain_default(next));
    }
    let fails = |sql: String| {
        Step::new(Phase::Type, sql)
            .needs(cx.extensions())
            .needs(texts(next).flat_map(|text| cx.uses(text)))
            .makes(address.clone())
            .hazard(
                HazardKind::MayFail,
                format!(
                    "values of domain `{}` may not meet the condition",
                    next.name
                ),
            )
    };
    let fails = |sql: String| {
        let tables = cx.previous.tables.iter();
        let tables = tables.filter(|table| keeps_column_of(cx.next, table, &next.name));
        tables.fold(fails(sql), |step, table| {
            step.scans(LockMode::Share, &table.name)
        })
    };
    if pair.differs(|domain| &domain.not_null) {
        match next.not_null {
            true => steps.push(fails(ddl::set_domain_not_null(next))),
            false => push(ddl::set_domain_not_null(next)),
        }
    }
    for check in next
        .checks
        .iter()
        .filter(|it| !previous.checks.iter().any(|was| is_same_check(it, was)))
    {
        let add = fails(ddl::add_domain_check(&next.name, check));
        steps.push(add.makes(check_address(next, check)));
    }
    for check in &next.checks {
        let mut was = previous.checks.iter();
        let was = was.find(|was| is_same_check(was, check));
        if was.and_then(|was| was.comment.as_ref()) != check.comment.as_ref() {
            steps.push(check_comment(next, check).needs([address.clone()]));
        }
    }
    if pair.differs(|domain| &domain.comment) {
        steps.push(comment(address.clone(), next.comment.as_deref()));
    }
    Ok(())
}
