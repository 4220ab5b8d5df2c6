//! Rules of enum types, domains and composite types.

use super::names::{identifier, no_system_namespace};
use crate::{
    ast::{Check, Spanned, TypeKind, TypeObject},
    code,
    ctxt::Ctxt,
    symbol,
};

/// The most attributes a composite type has (MaxHeapAttributeNumber).
const MAX_ATTRIBUTES: usize = 1600;

/// Applies the rules.
pub(crate) fn type_object(cx: &Ctxt, object: &TypeObject) {
    identifier(cx, &object.name, "type name");
    if let Some(namespace) = &object.namespace {
        identifier(cx, namespace, "namespace");
        no_system_namespace(cx, namespace);
    }
    match &object.kind {
        TypeKind::Enum(labels) => {
            super::rest::variants(cx, &object.ident, labels, symbol::SQL_ENUM)
        }
        TypeKind::Domain(domain) => checks(cx, &domain.checks),
        TypeKind::Composite(attributes) => {
            let names: Vec<&Spanned<String>> =
                attributes.iter().map(|attribute| &attribute.name).collect();
            self::attributes(cx, object, &names);
        }
    }
    if let TypeKind::Enum(labels) = &object.kind {
        // An empty label is one like any other.
        for (_, label) in labels.iter().filter(|(_, label)| !label.value.is_empty()) {
            identifier_without_nul(cx, label);
        }
    }
}

/// A label has the length of a name.
fn identifier_without_nul(cx: &Ctxt, label: &Spanned<String>) {
    if !label.value.contains('\0') {
        identifier(cx, label, "label");
    }
}

/// A domain's checks are told apart by their names.
fn checks(cx: &Ctxt, checks: &[Check]) {
    let names: Vec<_> = checks
        .iter()
        .filter_map(|check| check.name.as_ref())
        .collect();
    for (at, name) in names.iter().enumerate() {
        identifier(cx, name, "constraint name");
        if names[..at].iter().any(|other| other.value == name.value) {
            cx.error(
                code::CONSTRAINT_NAME_TWICE,
                name.span,
                format_args!("two constraints are called `{}`", name.value),
                "give one of them another name",
            );
        }
    }
}

fn attributes(cx: &Ctxt, object: &TypeObject, names: &[&Spanned<String>]) {
    let ident = &object.ident;
    // PostgreSQL takes a type without attributes, but reads none of its values back from text.
    if names.is_empty() {
        let wrong = format_args!("composite type `{ident}` has no attributes");
        cx.error(
            code::NO_ATTRIBUTES,
            ident.span(),
            wrong,
            "add one field per attribute",
        );
    }
    if names.len() > MAX_ATTRIBUTES {
        cx.error(
            code::TOO_MANY_ATTRIBUTES,
            ident.span(),
            format_args!(
                "composite type `{ident}` has {} attributes, PostgreSQL takes {MAX_ATTRIBUTES}",
                names.len()
            ),
            "split it",
        );
    }
    for (at, name) in names.iter().enumerate() {
        identifier(cx, name, "attribute name");
        if names[..at].iter().any(|other| other.value == name.value) {
            cx.error(
                code::ATTRIBUTE_TWICE,
                name.span,
                format_args!("two attributes are called `{}`", name.value),
                "give one of them another name: `#[sql_composite(name = \"…\")]`",
            );
        }
    }
}
