//! Prints the tree as Rust: constant data and short calls, inside one `const _` block.
//!
//! Names the block makes for itself start with `__`; all others are absolute, so nothing in the user's module can stand
//! for them. Tokens an error may be about carry the span of the user's token.

mod advice;
mod definition;
mod flags;
mod row;
mod schema;
mod sql;
#[cfg(test)]
mod tests;
mod text_enum;
mod type_object;
mod verify;
mod view;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;

pub(crate) use flags::sql_flags;
pub(crate) use row::projection;
pub(crate) use schema::schema;
pub(crate) use text_enum::text_enum;
pub(crate) use type_object::type_object;
pub(crate) use view::{ViewQuery, view};

use crate::ast::Table;
pub(crate) use crate::spelling::ends;

/// Prints a table: its definition, its row mapper and the checks of what only the compiler knows.
pub(crate) fn table(table: &Table) -> TokenStream {
    let krate = &table.krate;
    let definition = definition::table(table);
    let from_row = row::table(table);
    let checks = verify::table(table);
    let advice = advice::table(table);
    let is_json = table.columns.iter().any(|column| column.json);
    // In scope where a type that is no `ColumnType` is asked whether it is an `Option`.
    let not_null = is_json.then(|| quote!(use #krate::ty::NotNull as _;));
    quote! {
        const _: () = {
            #not_null
            use #krate::{
                Table as __Table, __private::verify as __verify, def as __def, row as __row, ty as __ty,
                ty::ColumnType as __Type,
            };
            #definition
            #from_row
            #(#checks)*
            #advice
        };
    }
}

/// `Some(…)` or `None`.
fn option<T: ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// An item of `ColumnType` for a type, spanned as the type: an error about it is that it has no SQL type.
fn over(ty: &Type, ends: (Span, Span), item: &str) -> TokenStream {
    over_as(ty, ends, quote_spanned!(ends.1=> __Type), item)
}

/// An item of a trait for a type, spanned as the type: the error that the type has not the trait is the same wherever
/// this stands, and the compiler shows it once.
fn over_as(
    ty: &Type,
    (first, last): (Span, Span),
    implemented: TokenStream,
    item: &str,
) -> TokenStream {
    let mut start = Punct::new('<', Spacing::Alone);
    start.set_span(first);
    let item = Ident::new(item, last);
    quote_spanned!(last=> #start #ty as #implemented>::#item)
}

/// Gives every token the span of the user's tokens from `first` to `last`, so that the compiler underlines those.
pub(crate) fn underlining(first: Span, last: Span, tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                let mut group =
                    Group::new(group.delimiter(), underlining(last, last, group.stream()));
                group.set_span(last);
                return TokenTree::Group(group);
            }
            // A number of ours that claims to be the user's literal is compared with its text by clippy.
            if !matches!(token, TokenTree::Literal(_)) {
                token.set_span(first);
            }
            token
        })
        .collect()
}

/// A call with the place of the user's token, which a definition takes for its own.
fn call_at(span: Span, function: TokenStream, arguments: TokenStream) -> TokenStream {
    let function = underlining(span, span, function);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(span);
    quote!(#function #arguments)
}
