//! Rules of names.

use crate::{
    ast::{Spanned, Table},
    code,
    ctxt::Ctxt,
};

/// NAMEDATALEN less its final zero byte
/// ([Identifiers](https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS)).
const MAX_BYTES: usize = 63;

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    identifier(cx, &table.name, "table name");
    if let Some(namespace) = &table.namespace {
        identifier(cx, namespace, "namespace");
        no_system_namespace(cx, namespace);
    }
    for (name, what) in other_names(table) {
        identifier(cx, name, what);
    }
    let constraints = constraints(table);
    for (name, _) in &constraints {
        identifier(cx, name, "constraint name");
    }
    let indexes: Vec<_> = table
        .indexes
        .iter()
        .filter_map(|index| index.name.as_ref())
        .collect();
    for name in &indexes {
        identifier(cx, name, "index name");
    }
    one_constraint_each(cx, &constraints);
    one_relation_each(cx, table, &constraints, &indexes);
}

/// The server cuts a longer name, and an empty one or one with a NUL it does not read at all.
pub(super) fn identifier(cx: &Ctxt, name: &Spanned<String>, what: &str) {
    let (text, span) = (name.value.as_str(), name.span);
    if text.is_empty() {
        cx.error(
            code::EMPTY_NAME,
            span,
            format_args!("this {what} is empty"),
            "write a name of 1 to 63 bytes",
        );
    } else if text.contains('\0') {
        let wrong = format_args!("this {what} has a NUL character, which PostgreSQL cannot hold");
        cx.error(code::NUL_CHARACTER, span, wrong, "remove it");
    } else if text.len() > MAX_BYTES {
        let help = match what {
            "table name" | "column name" => "write a shorter one with `name = \"…\"`",
            _ => "write a shorter one",
        };
        cx.error(
            code::NAME_TOO_LONG,
            span,
            format_args!(
                "{what} `{text}` has {} bytes, PostgreSQL keeps {MAX_BYTES}",
                text.len()
            ),
            help,
        );
    }
}

/// The server keeps namespaces that start with `pg_` and that of the standard's catalogs to itself.
pub(super) fn no_system_namespace(cx: &Ctxt, namespace: &Spanned<String>) {
    if namespace.value.starts_with("pg_") {
        cx.error(
            code::RESERVED_NAMESPACE,
            namespace.span,
            format_args!(
                "namespace `{}` is reserved: PostgreSQL's own start with `pg_`",
                namespace.value
            ),
            "write another name",
        );
    }
    if namespace.value == "information_schema" {
        cx.error(
            code::RESERVED_NAMESPACE,
            namespace.span,
            "namespace `information_schema` is reserved: it holds PostgreSQL's own views",
            "write another name",
        );
    }
}

/// Names of a table's constraints are all different.
fn one_constraint_each(cx: &Ctxt, constraints: &[(&Spanned<String>, Makes)]) {
    for (at, (name, _)) in constraints.iter().enumerate() {
        if constraints[..at]
            .iter()
            .any(|(other, _)| other.value == name.value)
        {
            cx.error(
                code::CONSTRAINT_NAME_TWICE,
                name.span,
                format_args!("two constraints are called `{}`", name.value),
                "give one of them another name",
            );
        }
    }
}

/// A table, its indexes and the indexes its constraints make share one set of names.
fn one_relation_each(
    cx: &Ctxt,
    table: &Table,
    constraints: &[(&Spanned<String>, Makes)],
    indexes: &[&Spanned<String>],
) {
    let of_constraints = constraints
        .iter()
        .filter(|(_, makes)| *makes == Makes::Index);
    let of_constraints: Vec<_> = of_constraints.map(|(name, _)| *name).collect();
    for name in of_constraints.iter().chain(indexes) {
        if !table.has_lost_name && name.value == table.name.value {
            cx.error(
                code::NAME_OF_TABLE,
                name.span,
                format_args!("this has the name of its table, `{}`", name.value),
                "a table and its indexes share one set of names: give it another one",
            );
        }
    }
    for (at, name) in indexes.iter().enumerate() {
        let earlier = indexes[..at].iter().chain(&of_constraints);
        if earlier.into_iter().any(|other| other.value == name.value) {
            cx.error(
                code::INDEX_NAME_TWICE,
                name.span,
                format_args!("two indexes are called `{}`", name.value),
                "give one of them another name; a constraint's index is called as the constraint",
            );
        }
    }
}

/// The names given to the table's indexes and to constraints that make one.
pub(super) fn index_names(table: &Table) -> impl Iterator<Item = &Spanned<String>> {
    let constraints = constraints(table).into_iter();
    let constraints = constraints.filter(|(_, makes)| *makes == Makes::Index);
    let indexes = table.indexes.iter().filter_map(|index| index.name.as_ref());
    constraints.map(|(name, _)| name).chain(indexes)
}

/// Whether a constraint makes an index by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Makes {
    Index,
    Nothing,
}

/// The names given to constraints.
fn constraints(table: &Table) -> Vec<(&Spanned<String>, Makes)> {
    let keys = table.primary_key.iter().chain(&table.uniques);
    let keys = keys.map(|key| (key.name.as_ref(), Makes::Index));
    let exclusions = table.exclusions.iter();
    let exclusions = exclusions.map(|exclusion| (exclusion.name.as_ref(), Makes::Index));
    let checks = table
        .checks
        .iter()
        .map(|check| (check.name.as_ref(), Makes::Nothing));
    let foreign_keys = table.foreign_keys.iter();
    let foreign_keys = foreign_keys.map(|key| (key.name.as_ref(), Makes::Nothing));
    let all = keys.chain(exclusions).chain(checks).chain(foreign_keys);
    all.filter_map(|(name, makes)| Some((name?, makes)))
        .collect()
}

/// The names that need only be names.
fn other_names(table: &Table) -> impl Iterator<Item = (&Spanned<String>, &'static str)> {
    let columns = table.columns.iter();
    let former = columns
        .clone()
        .filter_map(|column| column.renamed_from.as_ref());
    let policies = table
        .policies
        .iter()
        .map(|policy| (&policy.name, "policy name"));
    let roles = table.policies.iter().flat_map(|policy| &policy.roles);
    let sequences = columns
        .clone()
        .filter_map(|column| Some((column.sequence.name.as_ref()?, "sequence name")));
    columns
        .map(|column| (&column.name, "column name"))
        .chain(sequences)
        .chain(
            table
                .renamed_from
                .iter()
                .chain(former)
                .map(|name| (name, "former name")),
        )
        .chain(policies)
        .chain(roles.map(|role| (role, "role")))
}
