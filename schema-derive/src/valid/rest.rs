//! Rules of enums stored as text.

use proc_macro2::Ident;

use crate::{
    ast::{Spanned, TextEnum},
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
