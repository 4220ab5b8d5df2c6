//! Prints what is SQL in a definition: types, `sql("…")` and keys of indexes.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::option;
use crate::ast::{
    ColumnRef, Default, Deferrable, IndexKey, Indexed, Modifiers, NullsOrder, Parameter, SortOrder,
    SqlPart, SqlText, SqlType, Table,
};

/// A `TypeDef`.
pub(super) fn sql_type(ty: &SqlType) -> TokenStream {
    let variant = format_ident!("{}", ty.variant);
    let modifiers = match &ty.modifiers {
        Modifiers::None => None,
        Modifiers::One(length) => Some(option(length.map(Literal::u32_unsuffixed))),
        Modifiers::Two(pair) => Some(option(pair.map(|(precision, scale)| {
            let precision = Literal::u16_unsuffixed(precision);
            let scale = Literal::i16_unsuffixed(scale);
            quote!((#precision, #scale))
        }))),
        Modifiers::Verbatim(text) => Some(quote!(#text)),
    };
    let modifiers = modifiers.map(|modifiers| quote!((#modifiers)));
    let ty_def = quote!(__ty::TypeDef::#variant #modifiers);
    if ty.array {
        quote!(__ty::TypeDef::Array(&#ty_def))
    } else {
        ty_def
    }
}

/// A `SqlText`.
pub(super) fn sql_text(table: &Table, text: &SqlText) -> TokenStream {
    let parts = text.parts.iter().map(|part| match part {
        SqlPart::Text(text) => quote!(__def::SqlPart::Text(#text)),
        SqlPart::Column(index) => {
            let name = &table.columns[*index].name.value;
            quote!(__def::SqlPart::Column(#name))
        }
    });
    quote!(__def::SqlText(&[#(#parts),*]))
}

/// A `SqlText` that can name no columns.
pub(super) fn sql_text_alone(text: &SqlText) -> TokenStream {
    let parts = text.parts.iter().filter_map(|part| match part {
        SqlPart::Text(text) => Some(quote!(__def::SqlPart::Text(#text))),
        SqlPart::Column(_) => None,
    });
    quote!(__def::SqlText(&[#(#parts),*]))
}

/// A `DefaultDef`, whose `sql("…")` is printed by `print_sql`: it may name columns or not.
pub(super) fn default_def(
    default: &Default,
    print_sql: impl FnOnce(&SqlText) -> TokenStream,
) -> TokenStream {
    match default {
        Default::Text(text) => quote!(__def::DefaultDef::Text(#text)),
        Default::Integer(value) => {
            let value = Literal::i128_unsuffixed(*value);
            quote!(__def::DefaultDef::Integer(#value))
        }
        Default::Float(text) => quote!(__def::DefaultDef::Float(#text)),
        Default::Boolean(value) => quote!(__def::DefaultDef::Boolean(#value)),
        Default::Sql(text) => {
            let text = print_sql(text);
            quote!(__def::DefaultDef::Sql(#text))
        }
    }
}

/// The database names of columns, as `&[…]`.
pub(super) fn names(table: &Table, columns: &[ColumnRef]) -> TokenStream {
    let names = columns
        .iter()
        .map(|column| &table.columns[column.index].name.value);
    quote!(&[#(#names),*])
}

/// An `IndexKeyDef`.
pub(super) fn index_key(table: &Table, key: &IndexKey) -> TokenStream {
    let new = match &key.key {
        Indexed::Column(column) => {
            let name = &table.columns[column.index].name.value;
            quote!(__def::IndexKeyDef::column(#name))
        }
        Indexed::Expression(expression) => {
            let expression = sql_text(table, expression);
            quote!(__def::IndexKeyDef::new(__def::IndexedDef::Expression(#expression)))
        }
    };
    let mut options = Vec::new();
    if let Some(order) = key.order {
        let order = match order {
            SortOrder::Asc => quote!(Asc),
            SortOrder::Desc => quote!(Desc),
        };
        options.push(set("order", quote!(__def::SortOrder::#order)));
    }
    if let Some(nulls) = key.nulls {
        let nulls = match nulls {
            NullsOrder::First => quote!(First),
            NullsOrder::Last => quote!(Last),
        };
        options.push(set("nulls", quote!(__def::NullsOrder::#nulls)));
    }
    if let Some(class) = &key.operator_class {
        options.push(set("operator_class", &class.value));
    }
    if let Some(collation) = &key.collation {
        options.push(set("collation", &collation.value));
    }
    quote!(#new #(#options)*)
}

/// `DEFERRABLE`'s `Option<Deferrable>`, where it is not left out.
pub(super) fn deferrable(deferrable: Option<Deferrable>) -> Option<TokenStream> {
    let variant = match deferrable? {
        Deferrable::InitiallyImmediate => quote!(InitiallyImmediate),
        Deferrable::InitiallyDeferred => quote!(InitiallyDeferred),
    };
    Some(set("deferrable", quote!(__def::Deferrable::#variant)))
}

/// Storage parameters, where there are any.
pub(super) fn with(given: &[Parameter]) -> Option<TokenStream> {
    parameters("with", given)
}

/// Parameters in a field of this name, where there are any.
pub(super) fn parameters(field: &str, parameters: &[Parameter]) -> Option<TokenStream> {
    let pairs = parameters
        .iter()
        .map(|Parameter { name, value, .. }| quote!((#name, #value)));
    (!parameters.is_empty()).then(|| set(field, quote!(&[#(#pairs),*])))
}

/// `.field(value)`.
pub(super) fn set(field: &str, value: impl ToTokens) -> TokenStream {
    let field = format_ident!("{field}");
    quote!(.#field(#value))
}
