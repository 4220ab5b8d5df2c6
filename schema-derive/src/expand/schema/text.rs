//! Prints the objects known as SQL text, and the checks of what they name.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Path, spanned::Spanned as _};

use super::super::{ends, sql::set, verify};
use crate::{
    ast::{Dependency, Object, ObjectPart, ObjectTable, Schema},
    case::plain,
    table_name::table_name,
};

/// The definitions of all objects, and their checks.
pub(super) fn objects(schema: &Schema) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let krate = &schema.krate;
    let definitions = schema
        .objects
        .iter()
        .map(|object| definition(krate, object));
    let checks = schema
        .objects
        .iter()
        .flat_map(|object| checks(schema, object));
    (definitions.collect(), checks.collect())
}

fn definition(krate: &Path, object: &Object) -> TokenStream {
    let span = object.text.span;
    let identity = &object.identity;
    let (kind, name) = (&identity.kind, &identity.name);
    let sql = sql_text(krate, &object.text.parts, span);
    let mut options = Vec::new();
    if let Some(namespace) = &identity.namespace {
        options.push(set("namespace", namespace));
    }
    if let Some(arguments) = &identity.arguments {
        options.push(set("arguments", sql_text(krate, arguments, span)));
    }
    match &identity.table {
        None => {}
        Some(ObjectTable::Listed(path)) => {
            options.push(set(
                "table",
                quote_spanned!(span=> #krate::query::relation_name(<#path as #krate::relation::Relation>::RELATION)),
            ));
        }
        Some(ObjectTable::Named(namespace, name)) => {
            let name = table_name(&quote!(#krate::def), namespace, name);
            options.push(set("table", name));
        }
    }
    if let Some(method) = &identity.method {
        options.push(set("method", method));
    }
    if let Some(comment) = &object.comment {
        options.push(set("comment", comment));
    }
    if !object.depends.is_empty() {
        let depends = object.depends.iter().map(|dependency| match dependency {
            Dependency::Object(name) => {
                let name = &name.value;
                quote!(#krate::def::DependencyDef::Object(#name))
            }
            Dependency::Table(path) => {
                let table = table(krate, path, path.span());
                quote!(#krate::def::DependencyDef::Table(#table))
            }
        });
        options.push(set("depends_on", quote!(&[#(#depends),*])));
    }
    if !object.before.is_empty() {
        let tables = object.before.iter();
        let tables = tables.map(|path| table(krate, path, path.span()));
        options.push(set("needed_by", quote!(&[#(#tables),*])));
    }
    quote!(#krate::def::ObjectDef::new(#kind, #name, #sql) #(#options)*)
}

/// A `SqlText`.
fn sql_text(krate: &Path, parts: &[ObjectPart], span: Span) -> TokenStream {
    let parts = parts.iter().map(|part| match part {
        ObjectPart::Text(text) => quote!(#krate::def::SqlPart::Text(#text)),
        ObjectPart::Table(path) => {
            let name = quote_spanned!(span=> #krate::query::relation_name(<#path as #krate::relation::Relation>::RELATION));
            quote!(#krate::def::SqlPart::Table(#name))
        }
        ObjectPart::Column(path, field) => {
            let table = table(krate, path, span);
            let field = plain(field);
            quote!(#krate::def::SqlPart::Column(#krate::query::column_name(#table, #field)))
        }
    });
    quote!(#krate::def::SqlText(&[#(#parts),*]))
}

fn table(krate: &Path, path: &Path, span: Span) -> TokenStream {
    quote_spanned!(span=> <#path as #krate::relation::Relation>::RELATION)
}

/// Each table and column once: that the one is listed, and that its struct has the other.
fn checks(schema: &Schema, object: &Object) -> Vec<TokenStream> {
    let ident = &schema.ident;
    let span = object.text.span;
    let mut known = Vec::new();
    let mut checks = Vec::new();
    let mut check = |spans: (Span, Span), call: TokenStream| {
        let text = call.to_string();
        if !known.contains(&text) {
            known.push(text);
            let call = verify::check_between(spans, call);
            checks.push(verify::constant(&[call]));
        }
    };
    let relation = |path: &Path| quote!(<#path as __relation::Relation>::RELATION);
    let listed = |path: &Path| {
        let relation = relation(path);
        quote!(__verify::object_table(&#ident, __RELATIONS, #relation))
    };
    if let Some((word, of_function)) = &object.identity.unquoted {
        let kind = &object.identity.kind;
        let call = quote!(__verify::object_name(#kind, #word, #of_function));
        check((span, span), call);
    }
    for part in &object.text.parts {
        if let Some(path) = part.table() {
            check((span, span), listed(path));
        }
        if let ObjectPart::Column(path, field) = part {
            let field = plain(field);
            let relation = relation(path);
            let call = quote!(__verify::query_column(#relation, #field));
            check((span, span), quote!({ let _ = #call; }));
        }
    }
    let depends = object
        .depends
        .iter()
        .filter_map(|dependency| match dependency {
            Dependency::Table(path) => Some(path),
            Dependency::Object(_) => None,
        });
    for path in depends.chain(&object.before) {
        check(ends(&path.to_token_stream()), listed(path));
    }
    checks
}
