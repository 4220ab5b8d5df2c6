//! Prints the struct the user reads a statement's rows as, with the check of its fields against the results.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Type;

use super::{Listed, Statement, expand::definition, shape::field_name};
use crate::expand::underlining;

/// The marker of the user's struct. The check is part of its type, as that of a column is: a row that is none or does
/// not fit gets one error, and what is done with it gets none.
pub(super) fn given(statement: &Statement, row: &Type, listed: Option<&[Listed]>) -> TokenStream {
    let Statement { krate, span, .. } = statement;
    let check = match listed {
        Some(listed) => {
            let listed = listed.iter().map(|result| self::listed(statement, result));
            let shape = quote_spanned!(*span=> <#row as #krate::row::FromRow<'static>>::SHAPE);
            let call = quote!(__verify::query_row);
            let call = underlining(*span, *span, call);
            let arguments = quote!((&#shape, &[#(#listed),*]));
            let arguments = spanned(*span, arguments);
            quote!({ #call #arguments })
        }
        None => quote!(0),
    };
    let row = quote_spanned!(*span=> <#row as #krate::query::Given<#check>>::Row);
    quote!(::core::marker::PhantomData::<fn() -> #row>)
}

/// A group with a span of its own; what is in it keeps its spans.
fn spanned(span: Span, tokens: TokenStream) -> TokenStream {
    let token = tokens.into_iter().map(|mut token| {
        if let TokenTree::Group(group) = &mut token {
            group.set_span(span);
        }
        token
    });
    token.collect()
}

fn listed(statement: &Statement, result: &Listed) -> TokenStream {
    let krate = &statement.krate;
    let option = |name: Option<String>| match name {
        Some(name) => quote!(::core::option::Option::Some(#name)),
        None => quote!(::core::option::Option::None),
    };
    match result {
        Listed::Column {
            column,
            outer,
            name,
        } => {
            let table = definition(krate, column, statement.span);
            let field = field_name(&column.field);
            let name = option(name.clone());
            quote! {
                #krate::row::Listed::Column { table: #table, field: #field, outer: #outer, name: #name }
            }
        }
        Listed::Typed(name, ty) if is_written_out(ty) => {
            let name = field_name(name);
            let span = statement.span;
            let facts = quote_spanned!(span=> <#ty as #krate::row::RowValue<'static>>::FACTS);
            quote!(#krate::row::Listed::Typed { name: #name, facts: #facts })
        }
        Listed::Typed(name, _) => {
            let name = option(Some(field_name(name)));
            quote!(#krate::row::Listed::Other(#name))
        }
        Listed::Other(name) => {
            let name = option(name.clone());
            quote!(#krate::row::Listed::Other(#name))
        }
    }
}

/// Whether a constant may name the type: nothing in it is left to be inferred.
fn is_written_out(ty: &Type) -> bool {
    fn is_inferred(token: TokenTree) -> bool {
        match token {
            TokenTree::Group(group) => group.stream().into_iter().any(is_inferred),
            TokenTree::Ident(ident) => ident == Ident::new("_", ident.span()),
            _ => false,
        }
    }
    !ty.to_token_stream().into_iter().any(is_inferred)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_with_a_blank_in_it_is_not_written_out() {
        for (text, expected) in [("Vec<i64>", true), ("_", false), ("(Vec<_>,)", false)] {
            assert_eq!(is_written_out(&syn::parse_str(text).unwrap()), expected);
        }
    }
}
