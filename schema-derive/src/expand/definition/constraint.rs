//! Prints keys, checks, exclusion constraints, indexes and foreign keys.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ext::IdentExt as _, spanned::Spanned as _};

use super::super::call_at;
use super::super::sql::{deferrable, index_key, names, set, sql_text, with};
use crate::ast::{
    Action, Check, ColumnRef, Exclusion, ForeignKey, Index, Key, Spanned, SqlText, Table,
};

/// A `KeyDef`.
pub(super) fn key(table: &Table, key: &Key) -> TokenStream {
    let mut options = name(key.name.as_ref());
    options.extend(include(table, &key.include));
    options.extend(flag("nulls_not_distinct", key.nulls_not_distinct));
    options.extend(with(&key.with));
    options.extend(deferrable(key.deferrable));
    options.extend(comment(key.comment.as_ref()));
    let columns = names(table, &key.columns);
    let new = call_at(key.span, quote!(__def::KeyDef::new), columns);
    quote!(#new #(#options)*)
}

/// A `CheckDef`.
pub(super) fn check(table: &Table, check: &Check) -> TokenStream {
    let mut options = name(check.name.as_ref());
    options.extend(flag("no_inherit", check.no_inherit));
    options.extend(flag("not_valid", check.not_valid));
    options.extend(comment(check.comment.as_ref()));
    let expression = sql_text(table, &check.expression);
    let new = quote!(__def::CheckDef::new(#expression));
    quote!(#new #(#options)*)
}

/// An `ExclusionDef`.
pub(super) fn exclusion(table: &Table, exclusion: &Exclusion) -> TokenStream {
    let mut options = name(exclusion.name.as_ref());
    options.extend(method(exclusion.method.as_ref()));
    options.extend(include(table, &exclusion.include));
    options.extend(with(&exclusion.with));
    options.extend(predicate(table, exclusion.predicate.as_ref()));
    options.extend(deferrable(exclusion.deferrable));
    options.extend(comment(exclusion.comment.as_ref()));
    let elements = exclusion.elements.iter().map(|(key, operator)| {
        let key = index_key(table, key);
        let operator = &operator.value;
        quote!((#key, #operator))
    });
    let new = quote!(__def::ExclusionDef::new(&[#(#elements),*]));
    quote!(#new #(#options)*)
}

/// An `IndexDef`.
pub(super) fn index(table: &Table, index: &Index) -> TokenStream {
    let mut options = name(index.name.as_ref());
    options.extend(flag("unique", index.unique));
    options.extend(flag("nulls_not_distinct", index.nulls_not_distinct));
    options.extend(method(index.method.as_ref()));
    options.extend(include(table, &index.include));
    options.extend(with(&index.with));
    options.extend(predicate(table, index.predicate.as_ref()));
    options.extend(flag("concurrently", index.concurrently));
    options.extend(comment(index.comment.as_ref()));
    let keys = index.keys.iter().map(|key| index_key(table, key));
    let keys = quote!(&[#(#keys),*]);
    let new = call_at(index.span, quote!(__def::IndexDef::new), keys);
    quote!(#new #(#options)*)
}

/// A `ForeignKeyDef`.
pub(super) fn foreign_key(table: &Table, key: &ForeignKey) -> TokenStream {
    let mut options = name(key.name.as_ref());
    for (field, value) in [("on_delete", &key.on_delete), ("on_update", &key.on_update)] {
        if let Some(value) = value {
            options.push(set(field, action(table, &value.value)));
        }
    }
    options.extend(flag("match_full", key.match_full));
    options.extend(deferrable(key.deferrable));
    options.extend(flag("not_valid", key.not_valid));
    options.extend(comment(key.comment.as_ref()));
    let columns = names(table, &key.columns);
    let referenced = &key.referenced;
    // Spanned as the path: an error about it is that the struct is no table.
    let referenced = quote_spanned! {referenced.span()=>
        <#referenced as __Table>::TABLE, <#referenced as __Table>::REFERENCED
    };
    let fields = key
        .referenced_fields
        .iter()
        .map(|field| field.unraw().to_string());
    let arguments = quote!(#columns, #referenced, &[#(#fields),*]);
    let new = call_at(key.span, quote!(__def::ForeignKeyDef::of), arguments);
    quote!(#new #(#options)*)
}

fn action(table: &Table, action: &Action) -> TokenStream {
    let action = match action {
        Action::NoAction => quote!(NoAction),
        Action::Restrict => quote!(Restrict),
        Action::Cascade => quote!(Cascade),
        Action::SetNull(columns) => {
            let columns = names(table, columns);
            quote!(SetNull(#columns))
        }
        Action::SetDefault(columns) => {
            let columns = names(table, columns);
            quote!(SetDefault(#columns))
        }
    };
    quote!(__def::ReferentialActionDef::#action)
}

fn name(name: Option<&Spanned<String>>) -> Vec<TokenStream> {
    name.map(|name| set("name", &name.value))
        .into_iter()
        .collect()
}

fn comment(comment: Option<&String>) -> Option<TokenStream> {
    comment.map(|comment| set("comment", comment))
}

fn flag(field: &str, is_set: bool) -> Option<TokenStream> {
    is_set.then(|| set(field, quote!(true)))
}

fn method(method: Option<&Spanned<String>>) -> Option<TokenStream> {
    method.map(|method| set("method", &method.value))
}

fn include(table: &Table, columns: &[ColumnRef]) -> Option<TokenStream> {
    (!columns.is_empty()).then(|| set("include", names(table, columns)))
}

fn predicate(table: &Table, predicate: Option<&SqlText>) -> Option<TokenStream> {
    predicate.map(|predicate| set("predicate", sql_text(table, predicate)))
}
