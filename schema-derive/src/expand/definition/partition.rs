//! Prints how a table is partitioned, and its partitions.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::sql::{default_def, index_key, set, sql_text};
use crate::{
    ast::{Bound, BoundValue, Default, Partition, PartitionBy, Spanned, Table},
    table_name::table_name,
};

/// A `PartitionByDef`.
pub(super) fn partition_by(
    table: &Table,
    by: &PartitionBy,
    partitions: &[Partition],
    namespace: &str,
) -> TokenStream {
    let strategy = format_ident!("{}", by.strategy);
    let keys = by.keys.iter().map(|key| index_key(table, key));
    let partitions = (!partitions.is_empty()).then(|| {
        let partitions = partitions
            .iter()
            .map(|child| partition(table, child, namespace));
        set("partitions", quote!(&[#(#partitions),*]))
    });
    quote! {
        __def::PartitionByDef::new(__def::PartitionStrategy::#strategy, &[#(#keys),*]) #partitions
    }
}

fn partition(table: &Table, partition: &Partition, parent: &str) -> TokenStream {
    let given = partition.namespace.as_ref();
    let namespace = given.map_or(parent, |namespace| &namespace.value);
    let name = table_name(&quote!(__def), namespace, &partition.name.value);
    let bound = partition
        .bound
        .as_ref()
        .map(|bound| self::bound(table, bound));
    let comment = partition.comment.as_ref();
    let comment = comment.map(|comment| set("comment", comment));
    let by = partition.partition_by.as_ref().map(|by| {
        set(
            "partition_by",
            partition_by(table, by, &partition.partitions, namespace),
        )
    });
    quote! {
        __def::PartitionDef::new(
            #name,
            __def::PartitionBoundDef::#bound,
        ) #comment #by
    }
}

fn bound(table: &Table, bound: &Spanned<Bound>) -> TokenStream {
    match &bound.value {
        Bound::Range { from, to } => {
            let (from, to) = (values(table, from), values(table, to));
            quote!(Range { from: #from, to: #to })
        }
        Bound::List(list) => {
            let list = values(table, list);
            quote!(List(#list))
        }
        Bound::Hash { modulus, remainder } => {
            let modulus = Literal::u32_unsuffixed(*modulus);
            let remainder = Literal::u32_unsuffixed(*remainder);
            quote!(Hash { modulus: #modulus, remainder: #remainder })
        }
        Bound::Default => quote!(Default),
    }
}

fn values(table: &Table, values: &[Spanned<BoundValue>]) -> TokenStream {
    let values = values.iter().map(|value| {
        let value = match &value.value {
            BoundValue::MinValue => quote!(MinValue),
            BoundValue::MaxValue => quote!(MaxValue),
            BoundValue::Null => quote!(Null),
            BoundValue::Value(value) => {
                let value = literal(table, value);
                quote!(Value(#value))
            }
        };
        quote!(__def::BoundValueDef::#value)
    });
    quote!(&[#(#values),*])
}

/// The `DefaultDef` of a literal.
pub(in crate::expand) fn literal(table: &Table, value: &Default) -> TokenStream {
    default_def(value, |text| sql_text(table, text))
}
