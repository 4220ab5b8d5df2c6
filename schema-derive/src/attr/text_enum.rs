//! An enum with `#[derive(TextEnum)]`, and a struct with `#[derive(SqlFlags)]`.

use syn::{DeriveInput, Fields, Path, Variant};

use super::{
    item::{Buffers, Item},
    shape,
    table::set_krate,
    value,
};
use crate::{
    ast::{Spanned, SqlFlags, TextEnum},
    case::{STYLES, plain, snake, styled},
    code,
    ctxt::{Ctxt, fault},
    suggest,
    symbol::{self, FLAGS, FLAGS_PLACE, Place, TEXT, TEXT_ENUM_PLACE, TEXT_VARIANT_PLACE},
};

/// Reads an enum and all its attributes.
pub(crate) fn text_enum(cx: &Ctxt, input: &DeriveInput, krate: &mut Path) -> Option<TextEnum> {
    let buffers = Buffers::of(cx, &input.attrs, TEXT);
    let items = buffers.items(cx, &TEXT_ENUM_PLACE);
    set_krate(cx, &items, krate);
    shape::no_generics(cx, &input.generics, "TextEnum");
    let data = shape::plain_enum(cx, input, "TextEnum")?;
    let style = style(cx, &items);
    let variants = data.variants.iter();
    Some(TextEnum {
        ident: input.ident.clone(),
        krate: krate.clone(),
        variants: variants
            .map(|variant| {
                let attribute = (TEXT, &TEXT_VARIANT_PLACE);
                (variant.ident.clone(), text(cx, variant, attribute, &style))
            })
            .collect(),
    })
}

/// Reads a struct of bit flags, of which only the name matters.
pub(crate) fn flags(cx: &Ctxt, input: &DeriveInput, krate: &mut Path) -> SqlFlags {
    let buffers = Buffers::of(cx, &input.attrs, FLAGS);
    set_krate(cx, &buffers.items(cx, &FLAGS_PLACE), krate);
    shape::no_generics(cx, &input.generics, "SqlFlags");
    if !matches!(input.data, syn::Data::Struct(_)) {
        cx.error(
            code::FLAGS_SHAPE,
            input.ident.span(),
            "`SqlFlags` can be derived for the structs of `bitflags!` alone",
            "derive it inside `bitflags! { … }`; an enum stored as text is `#[derive(TextEnum)]`",
        );
    }
    SqlFlags {
        ident: input.ident.clone(),
        krate: krate.clone(),
    }
}

/// The spelling `rename_all` asks for.
pub(super) fn style(cx: &Ctxt, items: &[Item<'_>]) -> String {
    let mut items = items.iter();
    let item = items.find(|item| item.word.name == symbol::RENAME_ALL);
    let style =
        item.and_then(|item| item.value(cx, |tokens| value::string(tokens).and_then(known)));
    style.map_or("snake_case".to_owned(), |style| style.value)
}

fn known(style: Spanned<String>) -> syn::Result<Spanned<String>> {
    if STYLES.contains(&style.value.as_str()) {
        return Ok(style);
    }
    Err(fault(
        code::UNKNOWN_VALUE,
        style.span,
        format_args!("unknown style `{}`", style.value),
        suggest::help(&style.value, &STYLES),
    ))
}

/// The text of a variant, whose words stand in the attribute of this name.
pub(super) fn text(
    cx: &Ctxt,
    variant: &Variant,
    (attribute, place): (&str, &'static Place),
    style: &str,
) -> Spanned<String> {
    let ident = &variant.ident;
    if !matches!(variant.fields, Fields::Unit) {
        cx.error(
            code::VARIANT_WITH_VALUES,
            ident.span(),
            format_args!("variant `{ident}` holds values, which one text cannot keep"),
            "remove its fields, or store the enum with `#[column(json)]`",
        );
    }
    let buffers = Buffers::of(cx, &variant.attrs, attribute);
    let items = buffers.items(cx, place);
    let name = items.first().and_then(|item| item.value(cx, value::string));
    name.unwrap_or_else(|| {
        let name = plain(ident);
        Spanned {
            value: styled(&name, style).unwrap_or_else(|| snake(&name)),
            span: ident.span(),
        }
    })
}
