//! The checks that the partition key's columns are ones PostgreSQL divides rows by, and that the literals and NULLs in bounds
//! are values of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{super::definition::literal, check, comparable, number};
use crate::ast::{
    Bound, BoundValue, Default, IndexKey, Indexed, Partition, PartitionBy, Spanned, Table,
};

/// One check per key that is a column, and per literal or NULL for such a key.
pub(super) fn checks(table: &Table) -> Vec<Vec<TokenStream>> {
    let mut checks = Vec::new();
    level(
        &mut checks,
        table,
        table.partition_by.as_ref(),
        &table.partitions,
    );
    checks
}

fn level(
    checks: &mut Vec<Vec<TokenStream>>,
    table: &Table,
    by: Option<&PartitionBy>,
    partitions: &[Partition],
) {
    let keys = by.map_or(&[][..], |by| &by.keys);
    if let Some(by) = by {
        checks.extend(keys.iter().filter_map(|key| divides(table, by, key)));
    }
    for partition in partitions {
        for (key, value) in partition
            .bound
            .iter()
            .flat_map(|bound| values(&bound.value, keys))
        {
            checks.extend(self::check_value(table, key, value).map(|check| vec![check]));
        }
        level(
            checks,
            table,
            partition.partition_by.as_ref(),
            &partition.partitions,
        );
    }
}

/// The check of a column in the key, where its operator class is the default.
fn divides(table: &Table, by: &PartitionBy, key: &IndexKey) -> Option<Vec<TokenStream>> {
    let Indexed::Column(column) = &key.key else {
        return None;
    };
    if key.operator_class.is_some() {
        None
    } else if by.strategy == "Hash" {
        let (index, ident) = (number(column.index), &table.ident);
        let call = quote!(__verify::hashed::<#ident>(#index));
        Some(vec![check(column.span, call)])
    } else {
        comparable(table, column.index, column.span)
    }
}

/// The values of a bound, each with the key it is a value of.
fn values<'t>(
    bound: &'t Bound,
    keys: &'t [IndexKey],
) -> Vec<(&'t IndexKey, &'t Spanned<BoundValue>)> {
    match bound {
        Bound::Range { from, to } => {
            let (from, to) = (keys.iter().zip(from), keys.iter().zip(to));
            from.chain(to).collect()
        }
        Bound::List(list) => {
            let key = keys.iter().cycle();
            key.zip(list).collect()
        }
        Bound::Hash { .. } | Bound::Default => Vec::new(),
    }
}

fn check_value(table: &Table, key: &IndexKey, value: &Spanned<BoundValue>) -> Option<TokenStream> {
    let Indexed::Column(column) = &key.key else {
        return None;
    };
    let (index, ident) = (number(column.index), &table.ident);
    let call = match &value.value {
        BoundValue::Null => quote!(__verify::partition_null::<#ident>(#index)),
        BoundValue::Value(Default::Sql(_)) | BoundValue::MinValue | BoundValue::MaxValue => {
            return None;
        }
        BoundValue::Value(value) => {
            let literal = literal(table, value);
            quote!(__verify::partition_value::<#ident>(#index, &#literal))
        }
    };
    Some(check(value.span, call))
}
