//! Tables ([`CREATE TABLE`](https://www.postgresql.org/docs/current/sql-createtable.html)).

use super::{
    column::render_column,
    constraint::{
        render_check, render_exclusion, render_foreign_key, render_primary_key, render_unique,
    },
    index::render_with,
    partition::render_partition_by,
};
use crate::{
    ident::quote,
    schema::{Column, ForeignKey, QualifiedName, ReplicaIdentity, Table},
};

/// Renders the statement that copies the rows of a table into another, whose columns of these names take the values that they
/// are given, whoever numbers them
/// ([`INSERT`](https://www.postgresql.org/docs/current/sql-insert.html)).
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::copy_rows, schema::QualifiedName};
///
/// let [from, to] = ["messages_old", "messages"].map(|name| QualifiedName::new("public", name));
/// assert_eq!(
///     copy_rows(&from, &to, &["id", "Content"]),
///     "INSERT INTO messages (id, \"Content\") OVERRIDING SYSTEM VALUE SELECT id, \"Content\" FROM messages_old"
/// );
/// ```
#[must_use]
pub fn copy_rows(from: &QualifiedName, to: &QualifiedName, columns: &[&str]) -> String {
    let columns: Vec<_> = columns.iter().map(|name| quote(name)).collect();
    let columns = columns.join(", ");
    let (from, to) = (from.render(), to.render());
    format!("INSERT INTO {to} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {from}")
}

/// Renders `CREATE TABLE` with all columns and constraints but these: columns that only a table it inherits from declares, foreign keys other than the given ones, checks
/// that are `NOT VALID` (a new table's would come out valid), and keys that repeat another (the server would make one
/// of two).
#[must_use]
pub fn create_table(table: &Table, foreign_keys: &[&ForeignKey]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for column in table.own_columns() {
        parts.push(render_column(&table.name, column));
    }
    parts.extend(table.primary_key.as_ref().map(render_primary_key));
    for (at, unique) in table.uniques.iter().enumerate() {
        if !table.is_repeated_unique(at) {
            parts.push(render_unique(unique));
        }
    }
    for check in &table.checks {
        if !check.not_valid {
            parts.push(render_check(check));
        }
    }
    for (at, exclusion) in table.exclusions.iter().enumerate() {
        if !table.is_repeated_exclusion(at) {
            parts.push(render_exclusion(exclusion));
        }
    }
    for foreign_key in foreign_keys {
        parts.push(render_foreign_key(foreign_key));
    }
    let parts = match parts.as_slice() {
        [] => String::new(),
        parts => format!("\n    {}\n", parts.join(",\n    ")),
    };
    let partition_by = table
        .partition_by
        .as_ref()
        .map_or(String::new(), render_partition_by);
    format!(
        "CREATE {}TABLE {} ({parts}){}{partition_by}{}",
        if table.unlogged { "UNLOGGED " } else { "" },
        table.name.render(),
        render_inherits(table),
        render_with(&table.with),
    )
}

fn render_inherits(table: &Table) -> String {
    let parents: Vec<String> = table.inherits.iter().map(|name| name.render()).collect();
    match parents.as_slice() {
        [] => String::new(),
        parents => format!(" INHERITS ({})", parents.join(", ")),
    }
}

/// Renders `ALTER TABLE ONLY … ALTER COLUMN` for what `CREATE TABLE` cannot say of a column that a table it inherits from has
/// too: its default and whether it may be NULL.
#[must_use]
pub fn alter_inherited_column(table: &Table, column: &Column, from: &Column) -> Vec<String> {
    match (column.inherited, &column.default) {
        (true, _) => alter_own_column(&table.name, column, from),
        (false, Some(_)) => Vec::new(),
        (false, None) => {
            let from = Column {
                nullable: column.nullable,
                ..from.clone()
            };
            alter_own_column(&table.name, column, &from)
        }
    }
}

/// Renders what a column has otherwise than the one it comes from: its default and whether it takes NULL.
pub(super) fn alter_own_column(
    table: &QualifiedName,
    column: &Column,
    from: &Column,
) -> Vec<String> {
    let mut actions = Vec::new();
    if column.default != from.default {
        actions.push(match &column.default {
            Some(default) => format!("SET DEFAULT {}", default.parenthesized()),
            None => "DROP DEFAULT".to_owned(),
        });
    }
    if from.nullable && !column.nullable {
        actions.push("SET NOT NULL".to_owned());
    }
    let column = quote(&column.name);
    let render = |action| {
        let table = table.render();
        format!("ALTER TABLE ONLY {table} ALTER COLUMN {column} {action}")
    };
    actions.into_iter().map(render).collect()
}

/// Renders `ALTER TABLE … REPLICA IDENTITY`.
#[must_use]
pub fn set_replica_identity(table: &Table) -> String {
    let identity = match &table.replica_identity {
        ReplicaIdentity::Default => "DEFAULT".to_owned(),
        ReplicaIdentity::Full => "FULL".to_owned(),
        ReplicaIdentity::Nothing => "NOTHING".to_owned(),
        ReplicaIdentity::Index(name) => format!("USING INDEX {}", quote(name)),
    };
    let table = table.name.render();
    format!("ALTER TABLE ONLY {table} REPLICA IDENTITY {identity}")
}

/// Renders `ALTER TABLE … CLUSTER ON`, or `SET WITHOUT CLUSTER` where no index is chosen. It only remembers the index;
/// rows are not moved.
#[must_use]
pub fn set_clustered_on(table: &Table) -> String {
    let action = match &table.clustered_on {
        Some(index) => format!("CLUSTER ON {}", quote(index)),
        None => "SET WITHOUT CLUSTER".to_owned(),
    };
    format!("ALTER TABLE {} {action}", table.name.render())
}
