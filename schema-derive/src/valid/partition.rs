//! Rules of partitioned tables ([Table Partitioning](https://www.postgresql.org/docs/current/ddl-partitioning.html)).

use proc_macro2::Span;

use super::keys::not_too_many;
use crate::{
    ast::{IndexKey, Indexed, Partition, Table},
    code,
    ctxt::Ctxt,
};

/// Applies the rules.
pub(super) fn check(cx: &Ctxt, table: &Table) {
    let Some(partition) = &table.partition_by else {
        return;
    };
    not_too_many(cx, partition.span, partition.keys.len());
    key_fits(cx, table, partition);
    for key in table.primary_key.iter().chain(&table.uniques) {
        let columns: Vec<usize> = key.columns.iter().map(|column| column.index).collect();
        holds_partition_key(cx, table, partition, key.span, &columns);
    }
    for index in &table.indexes {
        if index.unique {
            let columns: Vec<usize> = index.keys.iter().filter_map(column).collect();
            holds_partition_key(cx, table, partition, index.span, &columns);
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

/// A partition key has no order, one key where it is a list, and no generated columns.
fn key_fits(cx: &Ctxt, table: &Table, partition: &Partition) {
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

/// Each partition has an index of its own, so a unique one holds across them only with the partition key in it.
fn holds_partition_key(
    cx: &Ctxt,
    table: &Table,
    partition: &Partition,
    span: Span,
    columns: &[usize],
) {
    for key in &partition.keys {
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

fn column(key: &IndexKey) -> Option<usize> {
    match &key.key {
        Indexed::Column(column) => Some(column.index),
        Indexed::Expression(_) => None,
    }
}
