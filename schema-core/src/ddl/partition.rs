//! Partitions ([`CREATE TABLE … PARTITION OF`](https://www.postgresql.org/docs/current/sql-createtable.html)).

use super::{column::default_text, index::render_key};
use crate::{
    ident::quote_literal,
    schema::{
        BoundValue, Partition, PartitionBound, PartitionBy, PartitionStrategy, QualifiedName, Table,
    },
};

/// Renders `CREATE TABLE … PARTITION OF` a table or another partition.
#[must_use]
pub fn create_partition(parent: &QualifiedName, partition: &Partition) -> String {
    let partition_by = partition.partition_by.as_ref();
    format!(
        "CREATE TABLE {} PARTITION OF {}\n    {}{}",
        partition.name.render(),
        parent.render(),
        render_bound(&partition.bound),
        partition_by.map_or(String::new(), render_partition_by)
    )
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

/// A table's partitions at all levels, each with its comment.
pub(super) fn push_partitions(statements: &mut Vec<String>, table: &Table) {
    for (parent, partition) in table.partitions() {
        statements.push(create_partition(parent, partition));
        statements.extend(partition.comment.as_ref().map(|comment| {
            format!(
                "COMMENT ON TABLE {} IS {}",
                partition.name.render(),
                quote_literal(comment)
            )
        }));
    }
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
