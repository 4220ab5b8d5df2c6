//! Comments ([`COMMENT`](https://www.postgresql.org/docs/current/sql-comment.html)).

use crate::{
    ident::{quote, quote_literal},
    schema::{Column, Namespace, QualifiedName, Table},
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
