//! Rules of partitioned tables ([Table Partitioning](https://www.postgresql.org/docs/current/ddl-partitioning.html)).

use std::collections::BTreeSet;

use proc_macro2::Span;

use super::keys::{not_too_many, ordered};
use crate::{
    ast::{Index, IndexKey, Indexed, Partition, PartitionBy, Table},
    code,
    ctxt::Ctxt,
};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    if table.partition_by.is_none() {
        return;
    }
    let mut levels: Vec<&PartitionBy> = table.partition_by.iter().collect();
    below(&mut levels, &table.partitions);
    for level in &levels {
        not_too_many(cx, level.span, level.keys.len());
        key_fits(cx, table, level);
    }
    // Two partitions may be divided by one key: what lacks it lacks it once.
    let mut seen = BTreeSet::new();
    let keys: Vec<&IndexKey> = levels
        .iter()
        .flat_map(|level| &level.keys)
        .filter(|key| seen.insert(column(key)))
        .collect();
    let constraints = table.primary_key.iter().chain(&table.uniques);
    for key in constraints.filter(|key| !key.has_lost) {
        let columns: Vec<usize> = key.columns.iter().map(|column| column.index).collect();
        holds_partition_key(cx, table, &keys, key.span, &columns);
    }
    for index in &table.indexes {
        if index.unique && !index.has_lost {
            let columns: Vec<usize> = index.keys.iter().filter_map(column).collect();
            holds_partition_key(cx, table, &keys, index.span, &columns);
            for key in &keys {
                same_collation(cx, table, key, index);
            }
        }
        if index.concurrently {
            cx.error(
                code::PARTITIONED_CONCURRENTLY,
                index.span,
                "PostgreSQL does not make indexes of partitioned tables concurrently",
                "leave `concurrently` out",
            );
        }
    }
    for exclusion in &table.exclusions {
        cx.error(
            code::PARTITIONED_EXCLUSION,
            exclusion.span,
            "PostgreSQL 15 has no exclusion constraints on partitioned tables, and later ones only with the partition key",
            "declare it on each partition",
        );
    }
    for key in table.foreign_keys.iter().filter(|key| key.not_valid) {
        cx.error(
            code::PARTITIONED_NOT_VALID,
            key.span,
            "PostgreSQL adds no foreign key of a partitioned table without checking it",
            "leave `not_valid` out",
        );
    }
    for check in table.checks.iter().filter(|check| check.no_inherit) {
        cx.error(
            code::PARTITIONED_NO_INHERIT,
            check.span,
            "a check of a partitioned table holds for its partitions",
            "leave `no_inherit` out",
        );
    }
}

/// The ways in which partitions are divided further.
fn below<'t>(levels: &mut Vec<&'t PartitionBy>, partitions: &'t [Partition]) {
    for partition in partitions {
        levels.extend(&partition.partition_by);
        below(levels, &partition.partitions);
    }
}

/// A partition key has no order, one key where it is a list, and no generated columns.
fn key_fits(cx: &Ctxt, table: &Table, partition: &PartitionBy) {
    if partition.strategy == "List" && partition.keys.len() > 1 {
        cx.error(
            code::LIST_OF_SEVERAL,
            partition.span,
            "`list` partitions by one key",
            "name one key, or partition by `range` or `hash`",
        );
    }
    for key in &partition.keys {
        if key.order.is_some() || key.nulls.is_some() {
            cx.error(
                code::PARTITION_KEY_ORDER,
                partition.span,
                "a partition key has no order",
                "leave out `asc`, `desc`, `nulls_first` and `nulls_last`",
            );
        }
        if let Some(index) = column(key) {
            ordered(cx, table, index, partition.span);
        }
        if let Some(column) = column(key).map(|index| &table.columns[index])
            && column.generated.is_some()
        {
            cx.error(
                code::PARTITION_KEY_GENERATED,
                partition.span,
                format_args!(
                    "column `{}` of the partition key is generated",
                    column.name.value
                ),
                "partition by a plain column",
            );
        }
    }
}

/// What is equal by one collation need not be so by another, by which the row may be in another partition.
fn same_collation(cx: &Ctxt, table: &Table, key: &IndexKey, index: &Index) {
    let Some(position) = column(key) else {
        return;
    };
    let over: Vec<&IndexKey> = index
        .keys
        .iter()
        .filter(|over| column(over) == Some(position))
        .collect();
    let collation = |key: &IndexKey| {
        let own = key.collation.as_ref();
        let name = own.or(table.columns[position].collation.as_ref())?;
        let name = name
            .value
            .strip_prefix("pg_catalog.")
            .unwrap_or(&name.value);
        Some(name.to_owned())
    };
    if !over.is_empty() && over.iter().all(|over| collation(over) != collation(key)) {
        let name = &table.columns[position].name.value;
        cx.error(
            code::KEY_LACKS_PARTITION_KEY,
            index.span,
            format_args!("this has column `{name}` of the partition key by another collation, and would not be unique across partitions"),
            "give both the same `collate`, or leave it out",
        );
    }
}

/// Each partition has an index of its own, so a unique one holds across them only with the partition key in it.
fn holds_partition_key(
    cx: &Ctxt,
    table: &Table,
    keys: &[&IndexKey],
    span: Span,
    columns: &[usize],
) {
    for key in keys {
        match column(key) {
            Some(index) if columns.contains(&index) => {}
            Some(index) => cx.error(
                code::KEY_LACKS_PARTITION_KEY,
                span,
                format_args!(
                    "this lacks column `{}` of the partition key, and would not be unique across partitions",
                    table.columns[index].name.value
                ),
                format_args!("add `{}` to it", table.columns[index].field),
            ),
            None => cx.error(
                code::KEY_BESIDE_EXPRESSION,
                span,
                "a table partitioned by an expression has no primary key and nothing unique",
                "partition by columns, or remove this",
            ),
        }
    }
}

pub(super) fn column(key: &IndexKey) -> Option<usize> {
    match &key.key {
        Indexed::Column(column) => Some(column.index),
        Indexed::Expression(_) => None,
    }
}
