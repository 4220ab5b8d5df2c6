//! Rules of schemas.

use quote::ToTokens;

use super::{
    names::{identifier, no_system_namespace},
    objects,
};
use crate::{
    ast::{Extension, Schema, Spanned},
    code,
    ctxt::Ctxt,
};

/// Applies the rules of a schema.
pub(crate) fn schema(cx: &Ctxt, schema: &Schema) {
    let written = |path: &syn::Path| path.to_token_stream().to_string();
    let paths: Vec<String> = schema.tables.iter().map(written).collect();
    for (at, path) in schema.tables.iter().enumerate() {
        // Under another path the same table is found when the constants are compared.
        if paths[..at].contains(&paths[at])
            && let Some(last) = path.segments.last()
        {
            cx.error(
                code::TABLE_LISTED_TWICE,
                last.ident.span(),
                format_args!("`{}` stands twice in schema `{}`", last.ident, schema.ident),
                "list it once",
            );
        }
    }
    extensions(cx, &schema.extensions);
    let sequences = schema.sequences.iter();
    let sequences = sequences.map(|sequence| (&sequence.name, sequence.namespace.as_ref()));
    named(cx, "sequence", &sequences.collect::<Vec<_>>());
    let collations = schema.collations.iter();
    let collations = collations.map(|collation| (&collation.name, collation.namespace.as_ref()));
    named(cx, "collation", &collations.collect::<Vec<_>>());
    for collation in &schema.collations {
        identifier(cx, &collation.collate, "locale");
        if collation.ctype.value != collation.collate.value {
            identifier(cx, &collation.ctype, "locale");
        }
    }
    objects::check(cx, schema);
}

/// Objects of a kind, each with its namespace: their names are names, and all different.
fn named(cx: &Ctxt, kind: &str, objects: &[(&Spanned<String>, Option<&Spanned<String>>)]) {
    let namespace = |namespace: Option<&Spanned<String>>| {
        namespace.map_or_else(|| "public".to_owned(), |namespace| namespace.value.clone())
    };
    for (at, (name, own)) in objects.iter().enumerate() {
        identifier(cx, name, &format!("{kind} name"));
        if let Some(namespace) = own {
            identifier(cx, namespace, "namespace");
            no_system_namespace(cx, namespace);
        }
        let mut earlier = objects[..at].iter();
        if earlier.any(|(other, others)| {
            other.value == name.value && namespace(*others) == namespace(*own)
        }) {
            cx.error(
                code::OBJECT_LISTED_TWICE,
                name.span,
                format_args!("{kind} `{}` is listed twice", name.value),
                "list it once, or give one of them another name",
            );
        }
    }
}

/// An extension exists once in a database, whatever its namespace.
fn extensions(cx: &Ctxt, extensions: &[Extension]) {
    for (at, extension) in extensions.iter().enumerate() {
        let name = &extension.name;
        identifier(cx, name, "extension name");
        if let Some(namespace) = &extension.namespace {
            identifier(cx, namespace, "namespace");
        }
        if let Some(version) = &extension.version {
            identifier(cx, version, "version");
        }
        if extensions[..at]
            .iter()
            .any(|other| other.name.value == name.value)
        {
            let wrong = format_args!("extension `{}` is listed twice", name.value);
            cx.error(
                code::EXTENSION_LISTED_TWICE,
                name.span,
                wrong,
                "list it once",
            );
        }
    }
}
