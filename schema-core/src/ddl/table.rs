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

/// Renders `CREATE TABLE` with all columns and constraints but these: columns that only a table it inherits from declares, foreign keys other than the given ones, checks
/// that are `NOT VALID` (a new table's would come out valid), and keys that repeat another (the server would make one
/// of two).
#[must_use]
pub fn create_table(table: &Table, foreign_keys: &[&ForeignKey]) -> String {
    let uniques = table.uniques.iter().enumerate();
    let uniques = uniques.filter(|(at, _)| !table.is_repeated_unique(*at));
    let exclusions = table.exclusions.iter().enumerate();
    let exclusions = exclusions.filter(|(at, _)| !table.is_repeated_exclusion(*at));
    let checks = table.checks.iter().filter(|check| !check.not_valid);
    let parts: Vec<String> = (table.own_columns())
        .map(|column| render_column(&table.name, column))
        .chain(table.primary_key.iter().map(render_primary_key))
        .chain(uniques.map(|(_, unique)| render_unique(unique)))
        .chain(checks.map(render_check))
        .chain(exclusions.map(|(_, exclusion)| render_exclusion(exclusion)))
        .chain(
            foreign_keys
                .iter()
                .map(|foreign_key| render_foreign_key(foreign_key)),
        )
        .map(|part| format!("\n    {part}"))
        .collect();
    let end = if parts.is_empty() { "" } else { "\n" };
    let partition_by = table
        .partition_by
        .as_ref()
        .map_or(String::new(), render_partition_by);
    format!(
        "CREATE {}TABLE {} ({}{end}){}{partition_by}{}",
        if table.unlogged { "UNLOGGED " } else { "" },
        table.name.render(),
        parts.join(","),
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
