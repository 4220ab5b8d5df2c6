//! Partitions ([`CREATE TABLE … PARTITION OF`](https://www.postgresql.org/docs/current/sql-createtable.html)).

use super::{
    add_check, add_exclusion, add_primary_key, add_unique,
    column::default_text,
    index::{render_key, render_parameters, render_with},
    set_column_options, set_compression, set_statistics, set_storage,
    table::alter_own_column,
};
use crate::schema::{
    BoundValue, Column, Partition, PartitionBound, PartitionBy, PartitionStrategy, QualifiedName,
    Table,
};

/// Renders `CREATE TABLE … PARTITION OF` a table or another partition.
#[must_use]
pub fn create_partition(parent: &QualifiedName, partition: &Partition) -> String {
    let table = &partition.table;
    format!(
        "CREATE {}TABLE {} PARTITION OF {}\n    {}{}{}",
        if table.unlogged { "UNLOGGED " } else { "" },
        table.name.render(),
        parent.render(),
        render_bound(&partition.bound),
        table
            .partition_by
            .as_ref()
            .map_or(String::new(), render_partition_by),
        render_with(&table.with),
    )
}

/// Renders what a new partition has of its own: what its columns say otherwise than those of the table above it, the names
/// of the indexes it has for that one's, and constraints. Foreign keys, its own indexes, comments and row security are not
/// among them.
#[must_use]
pub fn partition_parts(above: &[Column], partition: &Partition) -> Vec<String> {
    let table = &partition.table;
    let name = &table.name;
    let mut statements = Vec::new();
    for column in &table.columns {
        let from = above.iter().find(|from| from.name == column.name);
        if let Some(from) = from.map(Column::taken_over) {
            statements.extend(column_parts(name, column, &from));
        }
    }
    if let Some(key) = &table.primary_key {
        statements.push(add_primary_key(name, key));
    }
    for unique in &table.uniques {
        statements.push(add_unique(name, unique));
    }
    for check in &table.checks {
        statements.push(add_check(name, check));
    }
    for exclusion in &table.exclusions {
        statements.push(add_exclusion(name, exclusion));
    }
    statements
}

/// Renders all that a partition has of its own and that `CREATE TABLE … PARTITION OF` without options leaves out, but its
/// comment and its partitions.
#[must_use]
pub fn partition_own(above: &[Column], partition: &Partition) -> Vec<String> {
    let table = &partition.table;
    let name = table.name.render();
    let mut statements = Vec::new();
    if table.unlogged {
        statements.push(format!("ALTER TABLE {name} SET UNLOGGED"));
    }
    if let Some(list) = render_parameters(&table.with) {
        statements.push(format!("ALTER TABLE {name} SET {list}"));
    }
    statements.extend(partition_parts(above, partition));
    super::push_indexes(&mut statements, table);
    let uncommented = Table {
        comment: None,
        ..table.clone()
    };
    super::push_comments(&mut statements, &uncommented);
    super::push_security(&mut statements, table);
    let keys = table.foreign_keys.iter();
    statements.extend(keys.map(|key| super::add_foreign_key(&table.name, key)));
    statements.extend(super::comment_on_constraints(table));
    statements
}

/// What a column of a partition says otherwise than the one it is taken over from.
fn column_parts(table: &QualifiedName, column: &Column, from: &Column) -> Vec<String> {
    let mut statements = alter_own_column(table, column, from);
    if column.storage != from.storage {
        statements.extend(set_storage(table, column));
    }
    if column.compression != from.compression {
        statements.push(set_compression(table, &column.name, column.compression));
    }
    statements.extend(set_statistics(table, column));
    statements.extend(set_column_options(table, column));
    statements
}

/// A table's partitions at all levels, each with its comment and what it has of its own; the columns are those of the table.
pub(super) fn push_partitions(statements: &mut Vec<String>, table: &Table, columns: &[Column]) {
    let Some(by) = &table.partition_by else {
        return;
    };
    for partition in &by.partitions {
        statements.push(create_partition(&table.name, partition));
        statements.extend(partition_parts(columns, partition));
        super::push_indexes(statements, &partition.table);
        super::push_comments(statements, &partition.table);
        push_partitions(
            statements,
            &partition.table,
            &partition.all_columns(columns),
        );
    }
}

/// Renders `PARTITION BY` with a space before it.
pub(super) fn render_partition_by(partition: &PartitionBy) -> String {
    let strategy = match partition.strategy {
        PartitionStrategy::Range => "RANGE",
        PartitionStrategy::List => "LIST",
        PartitionStrategy::Hash => "HASH",
    };
    let keys: Vec<String> = partition.keys.iter().map(render_key).collect();
    format!(" PARTITION BY {strategy} ({})", keys.join(", "))
}

/// Renders `FOR VALUES …` or `DEFAULT`.
pub(super) fn render_bound(bound: &PartitionBound) -> String {
    match bound {
        PartitionBound::Range { from, to } => {
            format!(
                "FOR VALUES FROM ({}) TO ({})",
                render_values(from),
                render_values(to)
            )
        }
        PartitionBound::List(values) => {
            let values: Vec<String> = values
                .iter()
                .map(|value| default_text(value.as_str()))
                .collect();
            format!("FOR VALUES IN ({})", values.join(", "))
        }
        PartitionBound::Hash { modulus, remainder } => {
            format!("FOR VALUES WITH (MODULUS {modulus}, REMAINDER {remainder})")
        }
        PartitionBound::Default => "DEFAULT".to_owned(),
    }
}

fn render_values(values: &[BoundValue]) -> String {
    let values = values.iter().map(|value| match value {
        BoundValue::MinValue => "MINVALUE".to_owned(),
        BoundValue::MaxValue => "MAXVALUE".to_owned(),
        BoundValue::Value(expression) => default_text(expression.as_str()),
    });
    values.collect::<Vec<_>>().join(", ")
}
