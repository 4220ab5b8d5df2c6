//! Partitions.

use super::{build_index_key, comment};
use crate::{
    def::{BoundValueDef, PartitionBoundDef, PartitionByDef, PartitionDef},
    schema::{BoundValue, Expression, Partition, PartitionBound, PartitionBy},
};

pub(super) fn build_partition_by(def: &PartitionByDef) -> PartitionBy {
    PartitionBy {
        strategy: def.strategy,
        keys: def.keys.iter().map(build_index_key).collect(),
        partitions: def.partitions.iter().map(build_partition).collect(),
    }
}

fn build_partition(def: &PartitionDef) -> Partition {
    let mut partition = Partition::new(def.name.into(), build_bound(&def.bound));
    partition.table.comment = comment(def.comment);
    partition.table.partition_by = def.partition_by.as_ref().map(build_partition_by);
    partition
}

fn build_bound(def: &PartitionBoundDef) -> PartitionBound {
    let values = |values: &[BoundValueDef]| values.iter().map(build_value).collect();
    match *def {
        PartitionBoundDef::Range { from, to } => PartitionBound::Range {
            from: values(from),
            to: values(to),
        },
        PartitionBoundDef::List(values) => PartitionBound::List(build_list(values)),
        PartitionBoundDef::Hash { modulus, remainder } => {
            PartitionBound::Hash { modulus, remainder }
        }
        PartitionBoundDef::Default => PartitionBound::Default,
    }
}

/// The server keeps a value that stands twice once.
fn build_list(values: &[BoundValueDef]) -> Vec<Expression> {
    let mut list: Vec<Expression> = Vec::with_capacity(values.len());
    for value in values.iter().map(expression) {
        if !list.contains(&value) {
            list.push(value);
        }
    }
    list
}

fn build_value(def: &BoundValueDef) -> BoundValue {
    match def {
        BoundValueDef::MinValue => BoundValue::MinValue,
        BoundValueDef::MaxValue => BoundValue::MaxValue,
        def => BoundValue::Value(expression(def)),
    }
}

fn expression(def: &BoundValueDef) -> Expression {
    match def {
        BoundValueDef::MinValue => Expression::new("MINVALUE"),
        BoundValueDef::MaxValue => Expression::new("MAXVALUE"),
        BoundValueDef::Null => Expression::new("NULL"),
        BoundValueDef::Value(value) => value.into(),
    }
}
