//! Answers → [`Schema`](schema_core::schema::Schema), without asking again.

mod column;
mod constraint;
mod index;
mod list;
mod lookup;
mod object;
mod partition;
mod privilege;
mod relation;
mod sequence;
mod type_object;
mod view;

use std::collections::BTreeMap;

use schema_core::schema::{
    Expression, Extension, Namespace, Policy, PolicyCommand, QualifiedName, Table,
};

use self::lookup::{Class, Lookup};
use super::{
    IntrospectError, Introspection, UnknownObject,
    fetch::{Answers, Fields},
};
use crate::normalize::{self, strip_parentheses};

/// Tables by object identifier.
type Tables = BTreeMap<u32, Table>;

/// Reads the answers of one snapshot.
pub(super) fn decode(answers: &Answers) -> Result<Introspection, IntrospectError> {
    let lookup = Lookup::new(answers)?;
    let mut unknown = Unknown::default();
    let (mut tables, partitions) = relation::tables(answers, &lookup, &mut unknown)?;
    let (mut views, view_types) = view::views(answers, &lookup, &mut unknown)?;
    let (sequences, of_identity) = sequence::sequences(answers, &lookup, &tables)?;
    column::fill(answers, &lookup, (&mut tables, of_identity), &mut unknown)?;
    let (mut indexes, attached) =
        index::indexes(answers, &lookup, (&mut tables, &views), &mut unknown)?;
    let index_names = partition::index_names(&indexes, &attached);
    let checks = constraint::fill(
        answers,
        &lookup,
        &mut tables,
        (&mut indexes, &attached),
        &mut unknown,
    )?;
    for found in indexes.into_values() {
        if let Some(table) = tables.get_mut(&found.table) {
            table.indexes.push(found.index);
        } else if let Some(view) = views.get_mut(&found.table) {
            view.indexes.push(found.index);
        }
    }
    policies(answers, &lookup, &mut tables)?;
    partition::fold(&mut tables, partitions, index_names, &mut unknown);
    let mut schema = type_object::types(answers, &lookup, checks)?;
    schema.namespaces = namespaces(answers, &lookup)?;
    schema.extensions = extensions(answers, &lookup)?;
    schema.sequences = sequences;
    sequence::collations(answers, &lookup, &mut schema, &mut unknown)?;
    let objects = object::objects(answers, &lookup)?;
    schema.privileges = privilege::privileges(answers, &lookup, &objects, &mut unknown)?;
    schema.objects = object::sorted(objects);
    schema.tables = tables.into_values().collect();
    schema.views = views.into_values().collect();
    normalize::sort(&mut schema);
    for mut fields in answers.unknown.rows() {
        fields.skip(2);
        unknown.push(fields.next::<String>()?, fields.next()?);
    }
    unknown.0.sort();
    Ok(Introspection {
        schema,
        view_types,
        unknown: unknown.0,
        server_version: answers.version.unsigned_abs(),
    })
}

/// What the model has no place for.
#[derive(Debug, Default)]
struct Unknown(Vec<UnknownObject>);

impl Unknown {
    fn push(&mut self, kind: impl Into<String>, name: String) {
        let kind = kind.into();
        self.0.push(UnknownObject { kind, name });
    }

    /// A fact about a part of a table.
    fn push_part(&mut self, kind: &str, table: &Table, part: &str) {
        let part = schema_core::ident::quote(part);
        self.push(kind, format!("{}.{part}", table.name.render()));
    }
}

fn namespaces(answers: &Answers, lookup: &Lookup) -> Result<Vec<Namespace>, IntrospectError> {
    let mut namespaces = Vec::new();
    for mut fields in answers.namespaces.rows() {
        let oid = fields.next()?;
        let name: String = fields.next()?;
        if name != schema_core::ident::PUBLIC {
            namespaces.push(Namespace {
                name,
                comment: lookup.comment(Class::Namespace, oid, 0),
            });
        }
    }
    Ok(namespaces)
}

fn extensions(answers: &Answers, lookup: &Lookup) -> Result<Vec<Extension>, IntrospectError> {
    let mut extensions = Vec::new();
    for mut fields in answers.extensions.rows() {
        let oid = fields.next()?;
        let name: String = fields.next()?;
        let namespace: &str = fields.next()?;
        let elsewhere = namespace != schema_core::ident::PUBLIC;
        extensions.push(Extension {
            namespace: elsewhere.then(|| namespace.to_owned()),
            installed: fields.next()?,
            comment: lookup.comment(Class::Extension, oid, 0),
            ..Extension::new(name)
        });
    }
    Ok(extensions)
}

fn policies(
    answers: &Answers,
    lookup: &Lookup,
    tables: &mut Tables,
) -> Result<(), IntrospectError> {
    for mut fields in answers.policies.rows() {
        let oid = fields.next()?;
        if let Some(table) = tables.get_mut(&fields.next()?) {
            let mut policy = policy(fields)?;
            policy.comment = lookup.comment(Class::Policy, oid, 0);
            table.policies.push(policy);
        }
    }
    Ok(())
}

fn policy(mut fields: Fields<'_>) -> Result<Policy, IntrospectError> {
    Ok(Policy {
        name: fields.next()?,
        restrictive: !fields.next::<bool>()?,
        command: match fields.next()? {
            "r" => PolicyCommand::Select,
            "a" => PolicyCommand::Insert,
            "w" => PolicyCommand::Update,
            "d" => PolicyCommand::Delete,
            "*" => PolicyCommand::All,
            other => return Err(fields.error(format!("`{other}` is no command"))),
        },
        roles: fields.next()?,
        using: fields.next::<Option<&str>>()?.map(expression),
        with_check: fields.next::<Option<&str>>()?.map(expression),
        comment: None,
    })
}

/// An expression without the parentheses that the server puts around operators, for the DDL writes its own, and in the
/// words of which it makes the same again.
fn expression(sql: &str) -> Expression {
    Expression::new(list::without_cast(strip_parentheses(sql)))
}

/// Storage parameters and other options, which the catalogs keep as `name=value`.
fn options(list: Option<Vec<String>>) -> BTreeMap<String, String> {
    let list = list.into_iter().flatten();
    list.filter_map(|option| {
        let (name, value) = option.split_once('=')?;
        Some((name.to_owned(), value.to_owned()))
    })
    .collect()
}

/// A name in whichever namespace, as SQL finds it: what is in `pg_catalog` and `public` needs none.
fn searched_name(namespace: &str, name: &str) -> String {
    if matches!(namespace, "pg_catalog" | schema_core::ident::PUBLIC) {
        schema_core::ident::quote(name).into_owned()
    } else {
        QualifiedName::new(namespace, name).render()
    }
}
