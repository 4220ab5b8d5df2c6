//! Collations: no statement changes what one is, so it steps aside for another of its name, and the columns change over.

use schema_core::{
    ddl::{self, Address},
    ident,
    schema::{Collation, CollationObject, QualifiedName},
};

use super::{
    super::{
        PlanError, name,
        step::{Phase, Step},
    },
    Context, comment,
};
use crate::diff::{Change, Diff, Pair};

pub(super) fn lower(
    cx: &Context<'_>,
    diff: &Diff<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    for change in &diff.collations {
        match change {
            Change::Create(collation) => create(cx, collation, steps),
            Change::Drop(collation) => steps.push(drop(&collation.name)),
            Change::Alter(pair) => alter(cx, *pair, steps)?,
        }
    }
    Ok(())
}

fn address(name: &QualifiedName) -> Address {
    Address::Collation(name.clone())
}

fn create(cx: &Context<'_>, collation: &CollationObject, steps: &mut Vec<Step>) {
    let own = || address(&collation.name);
    let step = Step::new(Phase::Collation, ddl::create_collation(collation));
    steps.push(step.needs(cx.namespace(&collation.name)).makes(own()));
    if collation.comment.is_some() {
        steps.push(comment(own(), collation.comment.as_deref()));
    }
}

fn drop(name: &QualifiedName) -> Step {
    // Whatever has it is changed or removed in an earlier phase, or before it for it was declared later.
    Step::new(Phase::RemoveLast, ddl::drop(&address(name)))
        .removes(address(name))
        .releases([Address::Namespace(name.namespace.clone())])
}

fn alter(
    cx: &Context<'_>,
    pair: Pair<'_, CollationObject>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let described = CollationObject {
        comment: next.comment.clone(),
        ..previous.clone()
    };
    if described == *next {
        steps.push(comment(address(&next.name), next.comment.as_deref()));
        return Ok(());
    }
    if is_used_elsewhere(cx, &next.name) {
        return Err(PlanError {
            object: address(&next.name).to_string(),
            change: "cannot become another while a type, an index or a view has it",
            help: "make a collation of another name and change over to it",
        });
    }
    let aside = name::beside(&next.name, "old", |free| {
        let mut there = cx.previous.collations.iter().chain(&cx.next.collations);
        there.any(|it| it.name == *free)
    });
    let rename = ddl::rename(&address(&next.name), &aside.name);
    steps.push(Step::new(Phase::Rename, rename));
    create(cx, next, steps);
    for table in &cx.next.tables {
        let before = cx.previous.table(&table.name);
        for column in &table.columns {
            let was = before.and_then(|before| before.column(&column.name));
            let is_kept = was.is_some_and(|was| {
                was.collation == column.collation && was.sql_type == column.sql_type
            });
            if is_kept && is_of(column.collation.as_ref(), &next.name) {
                let own = Address::Column(table.name.clone(), column.name.clone());
                let sql = ddl::alter_column_type(&table.name, column, None);
                let step = Step::new(Phase::Column, sql)
                    .needs([address(&next.name)])
                    .makes(own);
                steps.push(step.rewrites(&table.name));
            }
        }
    }
    steps.push(drop(&aside));
    Ok(())
}

fn is_of(collation: Option<&Collation>, name: &QualifiedName) -> bool {
    collation.is_some_and(|collation| {
        let namespace = collation.namespace.as_deref();
        collation.name == name.name && namespace.unwrap_or(ident::PUBLIC) == name.namespace
    })
}

/// Whether something other than a table's column has a collation.
fn is_used_elsewhere(cx: &Context<'_>, name: &QualifiedName) -> bool {
    let schema = cx.next;
    let domains = schema.domains.iter().map(|domain| &domain.collation);
    let attributes = schema.composites.iter().flat_map(|ty| &ty.attributes);
    let attributes = attributes.map(|attribute| &attribute.collation);
    let tables = schema.tables.iter();
    let partition_keys = tables
        .clone()
        .filter_map(|table| table.partition_by.as_ref());
    let partition_keys = partition_keys.flat_map(|by| &by.keys);
    let indexes = tables.flat_map(|table| &table.indexes);
    let indexes = indexes.chain(schema.views.iter().flat_map(|view| &view.indexes));
    let keys = indexes.flat_map(|index| &index.keys).chain(partition_keys);
    let mut collations = domains
        .chain(attributes)
        .chain(keys.map(|key| &key.collation));
    let quoted = ident::quote(&name.name).into_owned();
    let mut views = schema.views.iter();
    collations.any(|collation| is_of(collation.as_ref(), name))
        || views.any(|view| view.query.as_str().contains(&quoted))
}
