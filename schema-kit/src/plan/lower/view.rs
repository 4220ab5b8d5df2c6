//! Views: dropped and made again around what they read, since the server lets nothing change under one; what a view says
//! besides its query is changed in place.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::{
    ddl::{self, Address},
    schema::{CheckOption, Partition, QualifiedName, Schema, View},
};

use super::{
    super::{
        PlanError,
        effect::LockMode,
        hazard::HazardKind,
        lookup::Lookup,
        step::{Phase, Step},
    },
    Context, column, columns, comment, constraint, index, type_object,
};
use crate::diff::{AlterTable, Change, Diff, Pair, TableChange, changes_with_renames, unnamed};

pub(super) fn lower(
    cx: &Context<'_>,
    diff: &Diff<'_>,
    steps: &mut Vec<Step>,
) -> Result<(), PlanError> {
    for change in &diff.views {
        match change {
            Change::Create(view) => create(cx, view, steps),
            Change::Drop(view) => steps.push(drop(cx, view).hazard(
                HazardKind::BreaksClients,
                format!("view `{}` is gone", view.name),
            )),
            Change::Alter(pair) if !cx.again.has_view(&pair.next.name) => alter(cx, *pair, steps)?,
            Change::Alter(_) => {}
        }
    }
    for next in &cx.next.views {
        let previous = cx.previous.view(&next.name);
        if let Some(previous) = previous.filter(|view| cx.again.has_view(&view.name)) {
            let what = format!(
                "privileges on view `{}` go, for it is made again",
                next.name
            );
            steps.push(drop(cx, previous).hazard(HazardKind::LosesPrivileges, what));
            create(cx, next, steps);
        }
    }
    Ok(())
}

/// The address of a view in statements about it. In the order of statements a view goes by the address of a table: the two
/// share their names, and what reads one does not say which it is.
fn address(view: &View) -> Address {
    match view.materialized {
        true => Address::MaterializedView(view.name.clone()),
        false => Address::View(view.name.clone()),
    }
}

/// The tables that go, lose a column or give one another type, and the partitions that go.
pub(super) fn changed_tables(next: &Schema, diff: &Diff<'_>) -> BTreeSet<QualifiedName> {
    let mut changed = BTreeSet::new();
    for change in &diff.tables {
        match change {
            TableChange::Create(_) => {}
            TableChange::Drop(table) => {
                changed.insert(table.name.clone());
            }
            TableChange::Alter(alter) => {
                if column::is_in_the_way_of_views(alter) {
                    changed.insert(alter.table.next.name.clone());
                }
                changed.extend(dropped_partitions(alter));
            }
        }
    }
    for ty in type_object::made_again(diff) {
        let tables = next.tables.iter().filter(|table| {
            let mut columns = table.columns.iter();
            columns.any(|column| type_object::is_of(&column.sql_type, ty))
        });
        changed.extend(tables.map(|table| table.name.clone()));
    }
    changed
}

/// The tables whose primary key goes or is made again.
pub(super) fn keyless_tables(diff: &Diff<'_>) -> Vec<QualifiedName> {
    let keyless = diff.altered_tables().filter(|alter| loses_its_key(alter));
    keyless.map(|alter| alter.table.next.name.clone()).collect()
}

/// Whether a view that groups by the primary key of the table could not stay.
fn loses_its_key(alter: &AlterTable<'_>) -> bool {
    match &alter.primary_key {
        Some(Change::Drop(_)) => true,
        Some(Change::Alter(pair)) => !constraint::is_kept(*pair),
        _ => false,
    }
}

fn dropped_partitions(alter: &AlterTable<'_>) -> Vec<QualifiedName> {
    let next = alter.table.next.partitions();
    let kept: BTreeSet<&QualifiedName> = next.iter().map(|(_, it)| &it.table.name).collect();
    let previous = alter.table.previous.partitions().into_iter();
    let gone = previous.filter(|(_, it): &(_, &Partition)| !kept.contains(&it.table.name));
    gone.map(|(_, partition)| partition.table.name.clone())
        .collect()
}

/// Whether a view becomes another without being made again.
pub(super) fn is_kept(pair: Pair<'_, View>) -> bool {
    let Pair { previous, next } = pair;
    let names = |view: &View| -> Vec<String> {
        let columns = view.columns.iter();
        columns.map(|column| column.name.clone()).collect()
    };
    let same = View {
        comment: next.comment.clone(),
        columns: next.columns.clone(),
        with: next.with.clone(),
        check_option: next.check_option,
        with_no_data: next.with_no_data,
        indexes: next.indexes.clone(),
        depends_on: next.depends_on.clone(),
        ..previous.clone()
    };
    same == *next && names(previous) == names(next)
}

/// What a view reads in a schema: each relation and its columns.
fn read(schema: &Lookup<'_>, view: &View) -> Vec<Address> {
    let mut addresses = Vec::new();
    for name in &view.depends_on {
        let table = schema.table(name);
        let all = table.into_iter().flat_map(|table| &table.columns);
        addresses.extend(columns(name, all.map(|column| &column.name)));
        let keys = table.into_iter().flat_map(constraint::key_names);
        addresses.extend(keys.map(|key| Address::Constraint(name.clone(), key.clone())));
        addresses.push(Address::Table(name.clone()));
    }
    addresses
}

/// A view with its indexes and comments.
fn create(cx: &Context<'_>, view: &View, steps: &mut Vec<Step>) {
    let own = || Address::Table(view.name.clone());
    let types = cx
        .next
        .enums
        .iter()
        .map(|ty| Address::Type(ty.name.clone()));
    let composites = cx.next.composites.iter();
    let types = types.chain(composites.map(|ty| Address::Type(ty.name.clone())));
    let domains = cx.next.domains.iter();
    let domains = domains.map(|domain| Address::Domain(domain.name.clone()));
    // Which types its query names is not known.
    let step = Step::new(Phase::View, ddl::create_view(view))
        .needs(cx.namespace(&view.name))
        .needs(read(cx.next, view))
        .needs(cx.uses(view.query.as_str()))
        .needs(types)
        .needs(domains)
        .needs(cx.extensions())
        .makes(own());
    steps.push(step);
    for index in &view.indexes {
        steps.extend(index::create(cx, &view.name, index));
    }
    if view.comment.is_some() {
        steps.push(comment(address(view), view.comment.as_deref()).needs([own()]));
    }
    for column in view.columns.iter().filter(|it| it.comment.is_some()) {
        let address = Address::Column(view.name.clone(), column.name.clone());
        steps.push(comment(address, column.comment.as_deref()).needs([own()]));
    }
}

fn drop(cx: &Context<'_>, view: &View) -> Step {
    let extensions = cx.previous.extensions.iter();
    let extensions = extensions.map(|it| Address::Extension(it.name.clone()));
    Step::new(Phase::Release, ddl::drop(&address(view)))
        .locks(LockMode::AccessExclusive, &view.name)
        .removes(Address::Table(view.name.clone()))
        .releases(read(cx.previous, view))
        .releases(cx.used(view.query.as_str()))
        .releases(extensions)
        .releases([Address::Namespace(view.name.namespace.clone())])
}

/// Lowers what can change in a view that stays.
fn alter(cx: &Context<'_>, pair: Pair<'_, View>, steps: &mut Vec<Step>) -> Result<(), PlanError> {
    let Pair { previous, next } = pair;
    let own = || Address::Table(next.name.clone());
    let parameters = ddl::set_parameters(&address(next), &options(previous), &options(next));
    let parameters = parameters.into_iter();
    steps.extend(
        parameters.map(|sql| {
            Step::new(Phase::View, sql).locks(LockMode::ShareUpdateExclusive, &next.name)
        }),
    );
    let indexes = changes_with_renames(
        &previous.indexes,
        &next.indexes,
        |index| &index.name,
        |index| unnamed(index, |index| &mut index.name),
    );
    index::lower(cx, &next.name, &indexes, steps)?;
    if previous.with_no_data && !next.with_no_data {
        let step = Step::new(Phase::View, ddl::refresh_view(&next.name));
        steps.push(step.rewrites(&next.name));
    }
    if pair.differs(|view| &view.comment) {
        steps.push(comment(address(next), next.comment.as_deref()).needs([own()]));
    }
    for (was, column) in previous.columns.iter().zip(&next.columns) {
        if was.comment != column.comment {
            let address = Address::Column(next.name.clone(), column.name.clone());
            steps.push(comment(address, column.comment.as_deref()).needs([own()]));
        }
    }
    Ok(())
}

/// The options of a view; the server keeps the check option among them.
fn options(view: &View) -> BTreeMap<String, String> {
    let mut options = view.with.clone();
    let word = view.check_option.map(|option| match option {
        CheckOption::Local => "local",
        CheckOption::Cascaded => "cascaded",
    });
    options.extend(word.map(|word| ("check_option".to_owned(), word.to_owned())));
    options
}
