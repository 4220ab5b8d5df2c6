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
    let mut statements = Vec::new();
    let mut push = |name: &str, comment: &Option<String>| {
        if comment.is_some() {
            statements.push(comment_on_constraint(&table.name, name, comment.as_deref()));
        }
    };
    if let Some(key) = &table.primary_key {
        push(&key.name, &key.comment);
    }
    for unique in &table.uniques {
        push(&unique.name, &unique.comment);
    }
    for check in &table.checks {
        push(&check.name, &check.comment);
    }
    for exclusion in &table.exclusions {
        push(&exclusion.name, &exclusion.comment);
    }
    for foreign_key in &table.foreign_keys {
        push(&foreign_key.name, &foreign_key.comment);
    }
    statements
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
