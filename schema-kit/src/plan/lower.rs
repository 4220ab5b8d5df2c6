//! Changes become statements: the place where what differs meets what SQL can say. One file per object.

mod again;
mod collation;
mod column;
mod composite;
mod constraint;
mod dependent;
mod domain;
pub(super) mod effective;
mod foreign_key;
mod index;
mod inheritance;
mod moved;
mod object;
mod partition;
mod privilege;
mod retyped;
mod sequence;
mod storage;
mod table;
mod type_object;
mod view;

use std::collections::BTreeSet;

use schema_core::{
    ddl::{self, Address},
    schema::{Extension, Names, Namespace, QualifiedName, SqlType},
};

pub(super) use self::{
    again::{Made, made_with},
    index::index_columns,
    type_object::is_of,
};
use super::{
    PlanError,
    effect::LockMode,
    hazard::HazardKind,
    lookup::Lookup,
    step::{Phase, Step},
};
use crate::diff::{self, AlterTable, Change, Diff, Pair, Renames, TableChange};

/// What all objects look up.
pub(super) struct Context<'a> {
    /// The schema the plan begins with, renames done.
    pub(super) previous: &'a Lookup<'a>,
    /// The schema the plan ends in.
    pub(super) next: &'a Lookup<'a>,
    /// The namespaces that there are in the end, `public` not among them.
    namespaces: BTreeSet<&'a str>,
    /// The types of one's own that there are in the end.
    types: BTreeSet<&'a QualifiedName>,
    domains: BTreeSet<&'a QualifiedName>,
    /// The types that are made anew, to which columns change over.
    types_again: Vec<&'a QualifiedName>,
    /// The tables and partitions that go.
    dropped: BTreeSet<&'a QualifiedName>,
    /// What is a partition of something else than before.
    moved: BTreeSet<&'a QualifiedName>,
    /// The foreign keys that go while something else changes, and come back.
    foreign_keys_again: foreign_key::ForeignKeys,
    /// What of the previous schema, and of the next one, a text names.
    previous_names: Names<'a>,
    next_names: Names<'a>,
    /// What both schemas have and cannot stay.
    again: again::Again,
    /// The columns that are numbered by another sequence than before.
    handovers: Vec<sequence::Handover>,
}

impl<'a> Context<'a> {
    fn new(previous: &'a Lookup<'a>, next: &'a Lookup<'a>, diff: &Diff<'a>) -> Self {
        let enums = next.enums.iter().map(|it| &it.name);
        let composites = next.composites.iter().map(|it| &it.name);
        let previous_names = Names::new(previous);
        Self {
            previous,
            next,
            again: again::Again::find(previous, next, &previous_names, diff),
            previous_names,
            next_names: Names::new(next),
            namespaces: next.namespaces.iter().map(|it| it.name.as_str()).collect(),
            types: enums.chain(composites).collect(),
            domains: next.domains.iter().map(|it| &it.name).collect(),
            types_again: type_object::made_again(diff).collect(),
            dropped: table::dropped(diff),
            moved: diff::names(&diff.moved),
            foreign_keys_again: foreign_key::made_again(diff, previous, next),
            handovers: sequence::handovers(previous, next, diff),
        }
    }

    /// Whether a table is a partition of something else than before.
    pub(super) fn is_moved(&self, name: &QualifiedName) -> bool {
        self.moved.contains(name)
    }

    /// Whether a column of the type changes over to a type that is made anew under its name.
    pub(super) fn changes_over(&self, ty: &SqlType) -> bool {
        let mut again = self.types_again.iter();
        again.any(|name| type_object::is_of(ty, name))
    }

    /// The namespace an object lies in, where the schema has it.
    pub(super) fn namespace(&self, name: &QualifiedName) -> Option<Address> {
        let namespace = name.namespace.as_str();
        self.namespaces
            .contains(namespace)
            .then(|| Address::Namespace(namespace.to_owned()))
    }

    /// The type of one's own that an SQL type is of, where it is one; any other may be an extension's.
    pub(super) fn ty(&self, ty: &SqlType) -> Vec<Address> {
        let Some(namespace) = &ty.namespace else {
            return Vec::new();
        };
        let name = QualifiedName::new(namespace.as_str(), ty.name.as_str());
        if self.domains.contains(&name) {
            vec![Address::Domain(name)]
        } else if self.types.contains(&name) {
            vec![Address::Type(name)]
        } else {
            let objects = self.next_names.objects_of(ty).into_iter();
            objects
                .map(Address::from)
                .chain(self.extensions())
                .collect()
        }
    }

    /// The objects that a text of the next schema is made with, and the types made anew among what it is made with.
    pub(super) fn uses(&self, text: &str) -> Vec<Address> {
        let objects = self.next_names.objects_in(text).into_iter();
        let objects = objects.map(Address::from);
        objects.chain(self.types_again_in(text)).collect()
    }

    /// As [`uses`](Self::uses), of a text of the previous schema.
    pub(super) fn used(&self, text: &str) -> Vec<Address> {
        let objects = self.previous_names.objects_in(text).into_iter();
        let objects = objects.map(Address::from);
        objects.chain(self.types_again_in(text)).collect()
    }

    /// The types made anew that a text names: it is made with the one that steps aside until it is read again.
    pub(super) fn types_again_in(&self, text: &str) -> Vec<Address> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let names = |name: &str| {
            let mut found = text.match_indices(name);
            found.any(|(at, _)| {
                let (before, after) = (&text[..at], &text[at + name.len()..]);
                !before.ends_with(is_part) && !after.starts_with(is_part)
            })
        };
        let again = self.types_again.iter().filter(|it| names(&it.name));
        let both = again.flat_map(|&it| [Address::Type(it.clone()), Address::Domain(it.clone())]);
        both.collect()
    }

    /// All extensions: which of them an expression uses is not known.
    pub(super) fn extensions(&self) -> Vec<Address> {
        let extensions = self.next.extensions.iter();
        extensions
            .map(|it| Address::Extension(it.name.clone()))
            .collect()
    }
}

/// What an SQL type is of, in a schema that is left: the addresses of all kinds it could be.
pub(super) fn released_type(ty: &SqlType) -> Vec<Address> {
    let Some(namespace) = &ty.namespace else {
        return Vec::new();
    };
    let name = QualifiedName::new(namespace.as_str(), ty.name.as_str());
    let object = Address::Object {
        kind: "TYPE".to_owned(),
        name: name.render(),
    };
    vec![object, Address::Type(name.clone()), Address::Domain(name)]
}

/// Lowers a diff to statements, in no order yet.
pub(super) fn lower<'a>(
    diff: &Diff<'a>,
    previous: &'a Lookup<'a>,
    next: &'a Lookup<'a>,
    renames: &Renames,
) -> Result<Vec<Step>, PlanError> {
    let cx = Context::new(previous, next, diff);
    let mut steps = table::renames(renames);
    diff.namespaces
        .iter()
        .for_each(|change| namespace(change, &mut steps));
    diff.extensions
        .iter()
        .for_each(|change| extension(change, &mut steps));
    collation::lower(&cx, diff, &mut steps)?;
    sequence::lower(&cx, diff, &mut steps);
    type_object::lower(&cx, diff, &mut steps)?;
    table::create(&cx, diff, &mut steps);
    for change in &diff.tables {
        match change {
            TableChange::Create(_) => {}
            TableChange::Drop(table) => table::drop(&cx, table, &mut steps),
            TableChange::Alter(alter) => table::alter(&cx, alter, &mut steps)?,
        }
    }
    for pair in inheritance::reached(diff, previous, next) {
        table::alter(&cx, &AlterTable::new(pair), &mut steps)?;
    }
    foreign_key::lower(&cx, &mut steps);
    for moved in &diff.moved {
        moved::lower(&cx, *moved, &mut steps)?;
    }
    view::lower(&cx, diff, &mut steps)?;
    object::lower(&cx, diff, &mut steps)?;
    dependent::lower(&cx, &mut steps)?;
    retyped::lower(&cx, diff, &mut steps);
    type_object::release_asides(&cx, diff, &mut steps);
    privilege::lower(&cx, diff, &mut steps);
    Ok(steps)
}

fn namespace(change: &Change<'_, Namespace>, steps: &mut Vec<Step>) {
    let address = |it: &Namespace| Address::Namespace(it.name.clone());
    match change {
        Change::Create(it) => {
            let step = Step::new(Phase::Namespace, ddl::create_namespace(it));
            steps.push(step.makes(address(it)));
            if it.comment.is_some() {
                steps.push(comment(address(it), it.comment.as_deref()));
            }
        }
        Change::Alter(pair) => {
            steps.push(comment(address(pair.next), pair.next.comment.as_deref()));
        }
        Change::Drop(it) => {
            let step = Step::new(Phase::Remove, ddl::drop(&address(it)));
            steps.push(step.removes(address(it)));
        }
    }
}

fn extension(change: &Change<'_, Extension>, steps: &mut Vec<Step>) {
    let address = |it: &Extension| Address::Extension(it.name.clone());
    match change {
        Change::Create(it) => {
            let namespace = it.namespace.clone().map(Address::Namespace);
            let step = Step::new(Phase::Extension, ddl::create_extension(it));
            steps.push(step.needs(namespace).makes(address(it)));
            if it.comment.is_some() {
                steps.push(comment(address(it), it.comment.as_deref()));
            }
        }
        Change::Alter(pair) => alter_extension(*pair, address(pair.next), steps),
        Change::Drop(it) => {
            // What its types and functions were used for is not always known: nothing is left that could.
            let step = Step::new(Phase::RemoveLast, ddl::drop(&address(it)));
            let what = format!(
                "everything that extension `{}` keeps for itself goes",
                it.name
            );
            steps.push(
                step.removes(address(it))
                    .hazard(HazardKind::DeletesData, what),
            );
        }
    }
}

fn alter_extension(pair: Pair<'_, Extension>, address: Address, steps: &mut Vec<Step>) {
    let Pair { previous, next } = pair;
    if let Some(version) = &next.version
        && next.is_at_another_version(previous)
    {
        let sql = ddl::update_extension(&next.name, version);
        let step = Step::new(Phase::Extension, sql).makes(address.clone());
        steps.push(step.hazard(
            HazardKind::NotReversible,
            format!(
                "extension `{}` may have no way back to its version",
                next.name
            ),
        ));
    }
    if let Some(namespace) = &next.namespace
        && previous.namespace != next.namespace
    {
        let sql = ddl::set_namespace(&address, namespace);
        let step = Step::new(Phase::Extension, sql).makes(address.clone());
        steps.push(step.needs([Address::Namespace(namespace.clone())]));
    }
    if next.comment.is_some() && pair.differs(|it| &it.comment) {
        steps.push(comment(address, next.comment.as_deref()));
    }
}

/// The statement that gives an object its comment or takes it away.
pub(super) fn comment(address: Address, text: Option<&str>) -> Step {
    let step = Step::new(Phase::Comment, ddl::comment_on(&address, text));
    let step = match &address {
        Address::Table(table) | Address::Column(table, _) | Address::MaterializedView(table) => {
            step.locks_only(LockMode::ShareUpdateExclusive, table)
        }
        _ => step,
    };
    step.needs([address])
}

/// The address of an index or of another relation in a table's namespace.
pub(super) fn index_address(table: &QualifiedName, name: &str) -> Address {
    Address::Index(QualifiedName::new(table.namespace.as_str(), name))
}

/// The addresses of columns.
pub(super) fn columns<'c>(
    table: &QualifiedName,
    names: impl IntoIterator<Item = &'c String>,
) -> Vec<Address> {
    let names = names.into_iter();
    names
        .map(|name| Address::Column(table.clone(), name.clone()))
        .collect()
}
