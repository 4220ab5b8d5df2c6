//! Enum types and domains: created, changed in place where a statement can, and otherwise made anew beside the old one, to
//! which the columns then change over; and all three kinds of types in turn.

use schema_core::{
    ddl::{self, Address, LabelPosition},
    ident,
    schema::{
        Column, Domain, DomainCheck, EnumType, Expression, QualifiedName, Schema, SqlType, Table,
    },
};

use super::{
    super::{
        PlanError,
        convert::conversion,
        effect::LockMode,
        hazard::HazardKind,
        lookup::Lookup,
        name,
        step::{Phase, Step},
    },
    Context, comment, composite, released_type,
};
use crate::diff::{Change, Diff, Pair};

pub(super) fn lower(
    cx: &Context<'_>,
    diff: &Diff<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    for change in &diff.enums {
        match change {
            Change::Create(ty) => create_enum(cx, ty, steps),
            Change::Drop(ty) => steps.push(drop(Address::Type(ty.name.clone()))),
            Change::Alter(pair) => alter_enum(cx, *pair, steps)?,
        }
    }
    for change in &diff.domains {
        match change {
            Change::Create(domain) => create_domain(cx, domain, steps),
            Change::Drop(domain) => {
                let step = drop(Address::Domain(domain.name.clone()));
                let used = domain_texts(domain).flat_map(|text| cx.used(text));
                steps.push(
                    step.releases(released_type(&domain.sql_type))
                        .releases(used),
                );
            }
            Change::Alter(pair) => alter_domain(cx, *pair, steps)?,
        }
    }
    for change in &diff.composites {
        match change {
            Change::Create(ty) => composite::create(cx, ty, steps),
            Change::Drop(ty) => {
                let released = ty.attributes.iter();
                let released = released.flat_map(|it| released_type(&it.sql_type));
                steps.push(drop(Address::Type(ty.name.clone())).releases(released));
            }
            Change::Alter(pair) => composite::alter(cx, *pair, steps)?,
        }
    }
    Ok(())
}

fn drop(address: Address) -> Step {
    Step::new(Phase::Remove, ddl::drop(&address)).removes(address)
}

fn create_enum(cx: &Context<'_>, ty: &EnumType, steps: &mut Vec<Step>) {
    let address = Address::Type(ty.name.clone());
    let step = Step::new(Phase::Type, ddl::create_enum(ty)).needs(cx.namespace(&ty.name));
    steps.push(step.makes(address.clone()));
    if ty.comment.is_some() {
        steps.push(comment(address, ty.comment.as_deref()));
    }
}

fn alter_enum(
    cx: &Context<'_>,
    pair: Pair<'_, EnumType>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let next = pair.next;
    let address = Address::Type(next.name.clone());
    if pair.differs(|ty| &ty.labels) {
        match added_labels(&pair.previous.labels, &next.labels) {
            Some(added) => steps.extend(added.into_iter().map(|(label, position)| {
                Step::new(Phase::Type, ddl::add_label(&next.name, label, position))
                    .commits()
                    .makes(address.clone())
                    .hazard(
                        HazardKind::NotReversible,
                        format!("no statement takes label `{label}` away again"),
                    )
            })),
            None if is_in_types(cx.previous, &next.name) => {
                return Err(PlanError {
                    object: address.to_string(),
                    change: "cannot lose a label or change their order while types have it",
                    help: "make a type of another name and change the types over to it",
                });
            }
            None => make_enum_again(cx, pair, steps),
        }
    }
    if pair.differs(|ty| &ty.comment) {
        steps.push(comment(address, next.comment.as_deref()));
    }
    Ok(())
}

/// The labels to add, each with its place, in an order in which each place is there; `None` where labels go or
/// change places.
fn added_labels<'a>(
    previous: &[String],
    next: &'a [String],
) -> Option<Vec<(&'a str, LabelPosition<'a>)>> {
    let kept: Vec<&String> = next.iter().filter(|it| previous.contains(it)).collect();
    if !kept.iter().copied().eq(previous) {
        return None;
    }
    let mut added = Vec::new();
    for (at, label) in next.iter().enumerate() {
        if previous.contains(label) {
            continue;
        }
        let mut behind = next[at + 1..].iter();
        let position = match behind.find(|it| previous.contains(it)) {
            Some(other) => LabelPosition::Before(other),
            None => match at.checked_sub(1) {
                Some(before) => LabelPosition::After(&next[before]),
                None => LabelPosition::Last,
            },
        };
        added.push((label.as_str(), position));
    }
    Some(added)
}

/// The enum types and domains that are made anew beside the old ones.
pub(super) fn made_again<'a>(diff: &Diff<'a>) -> impl Iterator<Item = &'a QualifiedName> {
    let enums = diff.enums.iter().filter_map(|change| match change {
        Change::Alter(pair) => added_labels(&pair.previous.labels, &pair.next.labels)
            .is_none()
            .then_some(&pair.next.name),
        Change::Create(_) | Change::Drop(_) => None,
    });
    let domains = diff.domains.iter().filter_map(|change| match change {
        Change::Alter(pair) => is_over_another(*pair).then_some(&pair.next.name),
        Change::Create(_) | Change::Drop(_) => None,
    });
    enums.chain(domains)
}

/// Labels cannot be removed or moved: the old type steps aside, and each column changes over to the new one.
fn make_enum_again(cx: &Context<'_>, pair: Pair<'_, EnumType>, steps: &mut Vec<Step>) {
    let name = &pair.next.name;
    let old = step_aside(cx, Address::Type(name.clone()), name, steps);
    let create = Step::new(Phase::Type, ddl::create_enum(pair.next));
    steps.push(create.makes(Address::Type(name.clone())));
    for (table, was, column) in columns_of(cx, name) {
        let array = if column.sql_type.array { "[]" } else { "" };
        let own = ident::quote(&column.name);
        let using = Expression::new(format!("{own}::text{array}::{}", column.sql_type));
        let danger = format!("rows of `{table}` may hold a label that goes");
        let change = ddl::alter_column_type(table, column, Some(&using));
        let change = Step::new(Phase::Column, change).hazard(HazardKind::MayFail, danger);
        let new = Address::Type(name.clone());
        change_over(table, (was, column), (&old, new), change, steps);
    }
    steps.push(drop(old));
    if pair.next.comment.is_some() && !pair.differs(|ty| &ty.comment) {
        let address = Address::Type(name.clone());
        steps.push(comment(address, pair.next.comment.as_deref()));
    }
}

/// What a domain is over cannot be another: as for an enum type.
fn make_domain_again(cx: &Context<'_>, pair: Pair<'_, Domain>, steps: &mut Vec<Step>) {
    let Pair { previous, next } = pair;
    let name = &next.name;
    let old = step_aside(cx, Address::Domain(name.clone()), name, steps);
    create_domain(cx, next, steps);
    for (table, was, column) in columns_of(cx, name) {
        let over = |domain: &Domain| SqlType {
            array: column.sql_type.array,
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
}

/// Gives a type another name until its columns have changed over to the one that takes its place.
fn step_aside(
    cx: &Context<'_>,
    address: Address,
    name: &QualifiedName,
    steps: &mut Vec<Step>,
) -> Address {
    let aside = aside(cx, name);
    let rename = ddl::rename(&address, &aside.name);
    steps.push(Step::new(Phase::Rename, rename).removes(under_its_name(name)));
    match address {
        Address::Domain(_) => Address::Domain(aside),
        _ => Address::Type(aside),
    }
}

/// The columns that are of a type before and after.
fn columns_of<'a>(
    cx: &Context<'a>,
    name: &'a QualifiedName,
) -> impl Iterator<Item = (&'a QualifiedName, &'a Column, &'a Column)> {
    let (previous, next) = (cx.previous, cx.next);
    next.tables.iter().flat_map(move |table| {
        let before = previous.table(&table.name);
        table.columns.iter().filter_map(move |column| {
            let was = before.and_then(|table| table.column(&column.name))?;
            let is_kept = is_of(&was.sql_type, name) && is_of(&column.sql_type, name);
            is_kept.then_some((&table.name, was, column))
        })
    })
}

/// Who goes, or changes over to yet another type, lets go of the type that stepped aside.
pub(super) fn release_asides(cx: &Context<'_>, diff: &Diff<'_>, steps: &mut [Step]) {
    for name in made_again(diff) {
        let is_released = |step: &&mut Step| {
            step.releases.contains(&Address::Type(name.clone()))
                || step.releases.contains(&Address::Domain(name.clone()))
        };
        let aside = aside(cx, name);
        for step in steps.iter_mut().filter(is_released) {
            step.releases.push(Address::Type(aside.clone()));
            step.releases.push(Address::Domain(aside.clone()));
        }
    }
}

/// A type as far as others name it, which they cannot while it steps aside: objects that are made again go before.
pub(super) fn under_its_name(name: &QualifiedName) -> Address {
    Address::Object {
        kind: "TYPE that steps aside".to_owned(),
        name: name.render(),
    }
}

/// Changes a column over to a type that is made anew, by a statement, and its default with it.
fn change_over(
    table: &QualifiedName,
    (previous, column): (&Column, &Column),
    (old, new): (&Address, Address),
    change: Step,
    steps: &mut Vec<Step>,
) {
    let own = Address::Column(table.clone(), column.name.clone());
    if previous.default.is_some() {
        let sql = ddl::set_default(table, &column.name, None);
        let step = Step::new(Phase::Release, sql).locks(LockMode::AccessExclusive, table);
        steps.push(step.releases([own.clone()]));
    }
    let step = change
        .needs([new.clone()])
        .releases([old.clone()])
        .makes(own.clone())
        .rewrites(table);
    steps.push(step);
    // One that is another default gets it by that change.
    if let Some(default) = &column.default
        && previous.default == column.default
    {
        let sql = ddl::set_default(table, &column.name, Some(default));
        let step = Step::new(Phase::Column, sql).locks(LockMode::AccessExclusive, table);
        steps.push(step.needs([new, own]));
    }
}

/// A name no type of either schema has.
fn aside(cx: &Context<'_>, name: &QualifiedName) -> QualifiedName {
    name::beside(name, "old", |free| {
        cx.previous.has_type(free) || cx.next.has_type(free)
    })
}

pub(in super::super) fn is_of(ty: &SqlType, name: &QualifiedName) -> bool {
    ty.namespace.as_ref() == Some(&name.namespace) && ty.name == name.name
}

fn create_domain(cx: &Context<'_>, domain: &Domain, steps: &mut Vec<Step>) {
    let address = Address::Domain(domain.name.clone());
    let step = Step::new(Phase::Type, ddl::create_domain(domain))
        .needs(cx.namespace(&domain.name))
        .needs(cx.ty(&domain.sql_type))
        .needs(domain_texts(domain).flat_map(|text| cx.uses(text)))
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
fn domain_texts(domain: &Domain) -> impl Iterator<Item = &str> {
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

fn is_over_another(pair: Pair<'_, Domain>) -> bool {
    pair.differs(|domain| &domain.sql_type) || pair.differs(|domain| &domain.collation)
}

/// Whether a domain is over a type, or a composite type has it.
fn is_in_types(schema: &Schema, name: &QualifiedName) -> bool {
    let mut domains = schema.domains.iter().map(|it| &it.sql_type);
    let attributes = schema.composites.iter().flat_map(|it| &it.attributes);
    let mut attributes = attributes.map(|it| &it.sql_type);
    domains.any(|ty| is_of(ty, name)) || attributes.any(|ty| is_of(ty, name))
}

fn alter_domain(
    cx: &Context<'_>,
    pair: Pair<'_, Domain>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let address = Address::Domain(next.name.clone());
    if is_over_another(pair) {
        if is_in_types(cx.previous, &next.name) {
            return Err(PlanError {
                object: address.to_string(),
                change: "cannot be over another type while types have it",
                help: "make a domain of another name and change the types over to it",
            });
        }
        make_domain_again(cx, pair, steps);
        return Ok(());
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
        steps.push(step.needs(domain_texts(next).flat_map(|text| cx.uses(text))));
    };
    if pair.differs(|domain| &domain.default) {
        push(ddl::set_domain_default(next));
    }
    let fails = |sql: String| {
        Step::new(Phase::Type, sql)
            .needs(cx.extensions())
            .needs(domain_texts(next).flat_map(|text| cx.uses(text)))
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

/// Whether a table has values of a domain.
fn has_column_of(table: &Table, domain: &QualifiedName) -> bool {
    let mut columns = table.columns.iter();
    columns.any(|column| is_of(&column.sql_type, domain))
}

/// Whether a table has values of a domain while that changes: what lets go of it did so before, and what is to have it does
/// not yet.
fn keeps_column_of(next: &Lookup<'_>, table: &Table, domain: &QualifiedName) -> bool {
    let after = next.table(&table.name);
    let kept = |name: &str| {
        let column = after.and_then(|table| table.column(name));
        column.is_some_and(|column| is_of(&column.sql_type, domain))
    };
    let mut columns = table.columns.iter();
    columns.any(|column| is_of(&column.sql_type, domain) && kept(&column.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn labels_are_added_at_their_places() {
        let next = labels("xaybz");
        let added = added_labels(&labels("ab"), &next).unwrap();
        let expected = [
            ("x", LabelPosition::Before("a")),
            ("y", LabelPosition::Before("b")),
            ("z", LabelPosition::After("b")),
        ];
        assert_eq!(added, expected);
    }

    #[test]
    fn labels_that_go_or_move_need_another_type() {
        assert!(added_labels(&labels("ab"), &labels("a")).is_none());
        assert!(added_labels(&labels("ab"), &labels("ba")).is_none());
    }
}
