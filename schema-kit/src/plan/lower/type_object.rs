//! Enum types: created, changed in place where a statement can, and otherwise made anew beside the old one, to which the
//! columns then change over; and all three kinds of types in turn.

use schema_core::{
    ddl::{self, Address, LabelPosition},
    ident,
    schema::{Column, EnumType, Expression, QualifiedName, Schema, SqlType, Table},
};

use super::{
    super::{
        PlanError,
        effect::LockMode,
        hazard::HazardKind,
        lookup::Lookup,
        name,
        step::{Phase, Step},
    },
    Context, comment, composite, domain, released_type,
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
    domain::lower(cx, diff, steps)?;
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

pub(super) fn drop(address: Address) -> Step {
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
        Change::Alter(pair) => domain::is_over_another(*pair).then_some(&pair.next.name),
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

/// Gives a type another name until its columns have changed over to the one that takes its place.
pub(super) fn step_aside(
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
pub(super) fn columns_of<'a>(
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
pub(super) fn change_over(
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

/// Whether a domain is over a type, or a composite type has it.
pub(super) fn is_in_types(schema: &Schema, name: &QualifiedName) -> bool {
    let mut domains = schema.domains.iter().map(|it| &it.sql_type);
    let attributes = schema.composites.iter().flat_map(|it| &it.attributes);
    let mut attributes = attributes.map(|it| &it.sql_type);
    domains.any(|ty| is_of(ty, name)) || attributes.any(|ty| is_of(ty, name))
}

/// Whether a table has values of a domain.
pub(super) fn has_column_of(table: &Table, domain: &QualifiedName) -> bool {
    let mut columns = table.columns.iter();
    columns.any(|column| is_of(&column.sql_type, domain))
}

/// Whether a table has values of a domain while that changes: what lets go of it did so before, and what is to have it does
/// not yet.
pub(super) fn keeps_column_of(next: &Lookup<'_>, table: &Table, domain: &QualifiedName) -> bool {
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
