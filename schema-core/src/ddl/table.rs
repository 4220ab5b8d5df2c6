//! Tables ([`CREATE TABLE`](https://www.postgresql.org/docs/current/sql-createtable.html)).

use super::{
    column::render_column,
    constraint::{
        render_check, render_exclusion, render_foreign_key, render_primary_key, render_unique,
    },
    partition::render_partition_by,
};
use crate::schema::{ForeignKey, Table};

/// Renders `CREATE TABLE` with all columns and constraints but these: foreign keys other than the given ones, checks
/// that are `NOT VALID` (a new table's would come out valid), and keys that repeat another (the server would make one
/// of two).
#[must_use]
pub fn create_table(table: &Table, foreign_keys: &[&ForeignKey]) -> String {
    let uniques = table.uniques.iter().enumerate();
    let uniques = uniques.filter(|(at, _)| !table.is_repeated_unique(*at));
    let exclusions = table.exclusions.iter().enumerate();
    let exclusions = exclusions.filter(|(at, _)| !table.is_repeated_exclusion(*at));
    let checks = table.checks.iter().filter(|check| !check.not_valid);
    let parts: Vec<String> = (table.columns.iter())
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
        "CREATE TABLE {} ({}{end}){partition_by}",
        table.name.render(),
        parts.join(",")
    )
}
