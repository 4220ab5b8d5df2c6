//! Comments ([`COMMENT`](https://www.postgresql.org/docs/current/sql-comment.html)).

use crate::{
    ident::{quote, quote_literal},
    schema::{Column, Index, Namespace, Policy, QualifiedName, Table},
};

/// Renders `COMMENT ON SCHEMA`; without a comment, one that removes it.
#[must_use]
pub fn comment_on_namespace(namespace: &Namespace) -> String {
    let text = namespace
        .comment
        .as_deref()
        .map_or("NULL".to_owned(), quote_literal);
    format!("COMMENT ON SCHEMA {} IS {text}", quote(&namespace.name))
}

/// Renders `COMMENT ON TABLE`, where the table has one.
#[must_use]
pub fn comment_on_table(table: &Table) -> Option<String> {
    let text = quote_literal(table.comment.as_ref()?);
    Some(format!(
        "COMMENT ON TABLE {} IS {text}",
        table.name.render()
    ))
}

/// Renders `COMMENT ON COLUMN`, where the column has one.
#[must_use]
pub fn comment_on_column(table: &QualifiedName, column: &Column) -> Option<String> {
    let text = quote_literal(column.comment.as_ref()?);
    Some(format!(
        "COMMENT ON COLUMN {}.{} IS {text}",
        table.render(),
        quote(&column.name)
    ))
}

/// Renders `COMMENT ON CONSTRAINT` for those of a table's constraints that have one.
pub(super) fn comment_on_constraints(table: &Table) -> Vec<String> {
    let primary_key = table
        .primary_key
        .iter()
        .map(|key| (&key.name, &key.comment));
    let uniques = table.uniques.iter().map(|key| (&key.name, &key.comment));
    let checks = table.checks.iter().map(|key| (&key.name, &key.comment));
    let exclusions = table.exclusions.iter().map(|key| (&key.name, &key.comment));
    let foreign_keys = table.foreign_keys.iter();
    let foreign_keys = foreign_keys.map(|key| (&key.name, &key.comment));
    primary_key
        .chain(uniques)
        .chain(checks)
        .chain(exclusions)
        .chain(foreign_keys)
        .filter_map(|(name, comment)| {
            let text = comment.as_deref()?;
            Some(comment_on_constraint(&table.name, name, Some(text)))
        })
        .collect()
}

/// Renders `COMMENT ON CONSTRAINT`; without a comment, one that removes it.
#[must_use]
pub fn comment_on_constraint(table: &QualifiedName, name: &str, comment: Option<&str>) -> String {
    let text = comment.map_or("NULL".to_owned(), quote_literal);
    let (name, table) = (quote(name), table.render());
    format!("COMMENT ON CONSTRAINT {name} ON {table} IS {text}")
}

/// Renders `COMMENT ON INDEX` for an index of a table, where it has one.
#[must_use]
pub fn comment_on_index(table: &QualifiedName, index: &Index) -> Option<String> {
    let text = quote_literal(index.comment.as_ref()?);
    let name = QualifiedName::new(&table.namespace, &index.name).render();
    Some(format!("COMMENT ON INDEX {name} IS {text}"))
}

/// Renders `COMMENT ON POLICY`, where the policy has one.
#[must_use]
pub fn comment_on_policy(table: &QualifiedName, policy: &Policy) -> Option<String> {
    let text = quote_literal(policy.comment.as_ref()?);
    let (name, table) = (quote(&policy.name), table.render());
    Some(format!("COMMENT ON POLICY {name} ON {table} IS {text}"))
}
