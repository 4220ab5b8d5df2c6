//! Prints one column's `ColumnDef`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::{
    call_at, over,
    schema::options_def,
    sql::{default_def, parameters, set, sql_text, sql_type},
};
use crate::ast::{Column, Identity, Table};

/// A `ColumnDef`.
pub(super) fn column(table: &Table, column: &Column) -> TokenStream {
    let Column { field, name, .. } = column;
    let facts = facts(column);
    let arguments = quote!(#field, #facts);
    let new = call_at(
        column.ident.span(),
        quote!(__def::ColumnDef::new),
        arguments,
    );
    let options = options(table, column);
    let named = (name.value != *field).then(|| set("named", &name.value));
    quote!(#new #named #(#options)*)
}

/// What the column's Rust type says of itself.
fn facts(column: &Column) -> TokenStream {
    let ty = &column.ty;
    if column.json {
        return quote!(const { &__ty::TypeFacts::json::<#ty>(__ty::Nullability::<#ty>::NULLABLE) });
    }
    over(ty, column.spelling.ends(), "FACTS")
}

fn options(table: &Table, column: &Column) -> Vec<TokenStream> {
    let mut options = Vec::new();
    if let Some(ty) = &column.sql_type {
        options.push(set("sql_type", sql_type(&ty.value)));
    }
    if let Some(value) = &column.default {
        options.push(set(
            "default",
            default_def(&value.value, |text| sql_text(table, text)),
        ));
    }
    if let Some(expression) = &column.generated {
        options.push(set("generated", sql_text(table, expression)));
    }
    if let Some(identity) = &column.identity {
        let generation = match identity.value {
            Identity::Always => quote!(Always),
            Identity::ByDefault => quote!(ByDefault),
        };
        let sequence = &column.sequence;
        let name = sequence.name.as_ref().map(|name| set("name", &name.value));
        let given = (!sequence.options.is_empty())
            .then(|| set("options", options_def(&quote!(__def), &sequence.options)));
        let identity = quote!(__def::IdentityDef::new(__def::Identity::#generation) #name #given);
        options.push(set("identity", identity));
    }
    if let Some(collation) = &column.collation {
        options.push(set("collation", &collation.value));
    }
    if let Some(storage) = &column.storage {
        let variant = format_ident!("{}", storage.value);
        options.push(set("storage", quote!(__def::Storage::#variant)));
    }
    if let Some(compression) = &column.compression {
        let variant = format_ident!("{}", compression.value);
        let compression = quote!(__def::Compression::#variant);
        options.push(set("compression", compression));
    }
    if let Some(target) = column.statistics {
        let target = proc_macro2::Literal::i32_unsuffixed(target);
        options.push(set("statistics", target));
    }
    options.extend(parameters("options", &column.options));
    if let Some(comment) = &column.comment {
        options.push(set("comment", comment));
    }
    if let Some(former) = &column.renamed_from {
        options.push(set("renamed_from", &former.value));
    }
    options
}
