//! Rules of text enums and schemas.

use proc_macro2::Ident;
use quote::ToTokens;

use super::names::identifier;
use crate::{
    ast::{Schema, Spanned, TextEnum},
    code,
    ctxt::Ctxt,
    symbol,
};

/// Applies the rules of an enum stored as text.
pub(crate) fn text_enum(cx: &Ctxt, text_enum: &TextEnum) {
    variants(cx, &text_enum.ident, &text_enum.variants, symbol::TEXT);
}

/// The rules of variants with their texts, which the attribute of this name gives.
pub(super) fn variants(
    cx: &Ctxt,
    ident: &Ident,
    variants: &[(Ident, Spanned<String>)],
    attribute: &str,
) {
    // Such a value cannot exist, so no row could hold one.
    if variants.is_empty() {
        let wrong = format_args!("enum `{ident}` has no variants");
        cx.error(
            code::NO_VARIANTS,
            ident.span(),
            wrong,
            "add one variant per text",
        );
    }
    for (at, (variant, text)) in variants.iter().enumerate() {
        // The way back from a text to its variant must be one way.
        let mut earlier = variants[..at].iter();
        if let Some((other, _)) = earlier.find(|(_, other)| other.value == text.value) {
            cx.error(
                code::TEXT_TWICE,
                text.span,
                format_args!(
                    "variants `{other}` and `{variant}` are both \"{}\"",
                    text.value
                ),
                format_args!("give one of them another text: `#[{attribute}(name = \"…\")]`"),
            );
        }
        if text.value.contains('\0') {
            cx.error(
                code::NUL_CHARACTER,
                text.span,
                "this text has a NUL character, which PostgreSQL cannot hold",
                "remove it",
            );
        }
    }
}

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
                format_args!(
                    "table `{}` stands twice in schema `{}`",
                    last.ident, schema.ident
                ),
                "list it once",
            );
        }
    }
    for (at, extension) in schema.extensions.iter().enumerate() {
        identifier(cx, extension, "extension name");
        if schema.extensions[..at]
            .iter()
            .any(|other| other.value == extension.value)
        {
            cx.error(
                code::EXTENSION_LISTED_TWICE,
                extension.span,
                format_args!("extension `{}` is listed twice", extension.value),
                "list it once",
            );
        }
    }
}
