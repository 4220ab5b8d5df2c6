//! Changes become statements: the place where what differs meets what SQL can say. One file per object.

mod column;
mod constraint;
mod index;
mod partition;
mod storage;
mod table;
mod type_object;
mod view;

use std::collections::BTreeSet;

use schema_core::{
    ddl::{self, Address},
    schema::{Extension, Namespace, QualifiedName, Schema, SqlType},
};

pub(super) use self::index::index_columns;
use super::{
    PlanError,
    effect::LockMode,
    hazard::HazardKind,
    step::{Phase, Step},
};
use crate::diff::{Change, Diff, Pair, Renames, TableChange};

/// What all objects look up.
pub(super) struct Context<'a> {
    /// The schema the plan begins with, renames done.
    pub(super) previous: &'a Schema,
    /// The schema the plan ends in.
    pub(super) next: &'a Schema,
    /// The namespaces that there are in the end, `public` not among them.
    namespaces: BTreeSet<&'a str>,
    /// The types of one's own that there are in the end.
    types: BTreeSet<&'a QualifiedName>,
    domains: BTreeSet<&'a QualifiedName>,
}

impl<'a> Context<'a> {
    fn new(previous: &'a Schema, next: &'a Schema) -> Self {
        let enums = next.enums.iter().map(|it| &it.name);
        let composites = next.composites.iter().map(|it| &it.name);
        Self {
            previous,
            next,
            namespaces: next.namespaces.iter().map(|it| it.name.as_str()).collect(),
            types: enums.chain(composites).collect(),
            domains: next.domains.iter().map(|it| &it.name).collect(),
        }
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
            self.extensions()
        }
    }

    /// Whether a type is a domain that refuses values: the server checks even those that rows do not have yet.
    pub(super) fn is_constrained(&self, ty: &SqlType) -> bool {
        let mut domains = self.next.domains.iter();
        domains.any(|domain| {
            type_object::is_of(ty, &domain.name) && (domain.not_null || !domain.checks.is_empty())
        })
    }

    /// All extensions: which of them an expression uses is not known.
    pub(super) fn extensions(&self) -> Vec<Address> {
        let extensions = self.next.extensions.iter();
        extensions
            .map(|it| Address::Extension(it.name.clone()))
            .collect()
    }
}

/// What an SQL type is of, in a schema that is left: the addresses of both kinds it could be.
pub(super) fn released_type(ty: &SqlType) -> Vec<Address> {
    let Some(namespace) = &ty.namespace else {
        return Vec::new();
    };
    let name = QualifiedName::new(namespace.as_str(), ty.name.as_str());
    vec![Address::Type(name.clone()), Address::Domain(name)]
}

/// Lowers a diff to statements, in no order yet.
pub(super) fn lower(
    diff: &Diff<'_>,
    previous: &Schema,
    next: &Schema,
    renames: &Renames,
) -> Result<Vec<Step>, PlanError> {
    let cx = Context::new(previous, next);
    refuse(diff)?;
    let mut steps = table::renames(renames);
    diff.namespaces
        .iter()
        .for_each(|change| namespace(change, &mut steps));
    diff.extensions
        .iter()
        .for_each(|change| extension(change, &mut steps));
    type_object::lower(&cx, diff, &mut steps)?;
    table::create(&cx, diff, &mut steps);
    for change in &diff.tables {
        match change {
            TableChange::Create(_) => {}
            TableChange::Drop(table) => table::drop(&cx, diff, table, &mut steps),
            TableChange::Alter(alter) => table::alter(&cx, alter, &mut steps)?,
        }
    }
    view::lower(&cx, diff, &mut steps)?;
    Ok(steps)
}

/// Refuses changes of kinds that no step is made of yet, each by its name.
fn refuse(diff: &Diff<'_>) -> Result<(), PlanError> {
    fn name<T>(change: &Change<'_, T>, of: impl Fn(&T) -> String) -> String {
        match change {
            Change::Drop(it) | Change::Create(it) | Change::Alter(Pair { next: it, .. }) => of(it),
        }
    }
    let collations = diff.collations.iter();
    let collations = collations.map(|it| name(it, |it| format!("collation {}", it.name)));
    let sequences = diff.sequences.iter();
    let sequences = sequences.map(|it| name(it, |it| format!("sequence {}", it.name)));
    let objects = diff.objects.iter();
    let objects = objects.map(|it| name(it, schema_core::schema::Object::identity));
    let extensions = diff.extensions.iter().filter_map(|change| match change {
        Change::Alter(pair) => Some(format!("extension {}", pair.next.name)),
        Change::Create(_) | Change::Drop(_) => None,
    });
    let mut refused = collations.chain(sequences).chain(objects).chain(extensions);
    match refused.next() {
        None => Ok(()),
        Some(object) => Err(PlanError {
            object,
            change: "differs, and a plan has no statements for its kind",
            help: "change it in a migration of your own",
        }),
    }
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
        Change::Create(it) | Change::Alter(crate::diff::Pair { next: it, .. }) => {
            let step = Step::new(Phase::Extension, ddl::create_extension(it));
            steps.push(step.makes(address(it)));
        }
        Change::Drop(it) => {
            let step = Step::new(Phase::Remove, ddl::drop(&address(it)));
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
