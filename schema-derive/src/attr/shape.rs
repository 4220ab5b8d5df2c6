//! What a derive can stand on: structs with named fields, and enums of plain variants.

use syn::{Data, DataEnum, DeriveInput, Field, Fields, Generics, spanned::Spanned as _};

use crate::{code, ctxt::Ctxt};

/// The fields of a struct with named fields; anything else is reported.
pub(super) fn named_fields<'a>(
    cx: &Ctxt,
    input: &'a DeriveInput,
    derive: &str,
) -> Option<Vec<&'a Field>> {
    let help = "write `struct Name { … }` with one field per column";
    let wrong = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter().collect()),
            Fields::Unnamed(_) => "a struct whose fields have no names",
            Fields::Unit => "a struct without fields",
        },
        Data::Enum(_) => {
            let help = match derive {
                "Table" => "write a struct; an enum inside a column is `#[derive(TextEnum)]`",
                _ => help,
            };
            cx.error(
                code::NOT_A_STRUCT,
                input.ident.span(),
                format_args!("`{derive}` cannot be derived for an enum"),
                help,
            );
            return None;
        }
        Data::Union(_) => "a union",
    };
    cx.error(
        code::NOT_A_STRUCT,
        input.ident.span(),
        format_args!("`{derive}` cannot be derived for {wrong}"),
        help,
    );
    None
}

/// The enum; anything else is reported.
pub(super) fn plain_enum<'a>(
    cx: &Ctxt,
    input: &'a DeriveInput,
    derive: &str,
) -> Option<&'a DataEnum> {
    match &input.data {
        Data::Enum(data) => Some(data),
        _ => {
            cx.error(
                code::NOT_AN_ENUM,
                input.ident.span(),
                format_args!("`{derive}` can be derived for enums alone"),
                "write `enum Name { … }` with one variant per text",
            );
            None
        }
    }
}

/// A table is one type: there is no place to put a type parameter, a constant or a lifetime.
pub(super) fn no_generics(cx: &Ctxt, generics: &Generics, derive: &str) {
    if let Some(parameter) = generics.params.first() {
        cx.error(
            code::GENERIC_TYPE,
            parameter.span(),
            format_args!("`{derive}` cannot be derived for a type with generic parameters"),
            "write the types out, in a type of its own for each",
        );
    } else if let Some(clause) = &generics.where_clause {
        cx.error(
            code::GENERIC_TYPE,
            clause.span(),
            format_args!("`{derive}` cannot be derived for a type with a `where` clause"),
            "remove it",
        );
    }
}
