//! Prints a statement: constants for its text and its checks, a struct for its row, and a value of all.
//!
//! A `match` around all of it keeps what a parameter's expression makes alive for as long as the statement is used.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::{Expr, Path};

use super::{
    Column, Field, Piece, Results, Source, Statement, UseKind, row as given_row, same_path,
    shape::field_name,
};
use crate::expand::underlining;

/// An expression of type `Sql`.
pub(crate) fn expand(statement: &Statement) -> TokenStream {
    let Statement { krate, span, .. } = statement;
    let columns = distinct(statement);
    let columns_checked = columns
        .iter()
        .enumerate()
        .map(|(index, column)| checked(statement, index, column));
    let parts = parts(statement);
    let (bound, further_checks) = bound(statement, &columns);
    let (row, marker) = row(statement, &columns);
    let params: Vec<_> = (0..statement.params.len())
        .map(|index| param(index, *span))
        .collect();
    let values = statement
        .params
        .iter()
        .map(|expression| borrowed(expression, *span));
    let vec = if params.is_empty() {
        quote!(::std::vec::Vec::new())
    } else {
        quote_spanned! {*span=>
            ::std::vec::Vec::from([#(
                #bound as &(dyn #krate::postgres_types::ToSql + ::core::marker::Sync)
            ),*])
        }
    };
    quote! {
        match (#(#values,)*) {
            (#(#params,)*) => {
                #[allow(unused_imports)]
                use #krate::{query as __query, relation::Relation as __Relation, verify as __verify};
                #(#columns_checked)*
                const __PARTS: &[#krate::query::Part] = &[#(#parts),*];
                const __BYTES: &[::core::primitive::u8] =
                    &#krate::query::render::<{ #krate::query::len(__PARTS) }>(__PARTS);
                const __TEXT: &::core::primitive::str = #krate::query::text(__BYTES);
                #row
                #(#further_checks;)*
                #krate::query::Sql::new(__TEXT, #vec, #marker)
            }
        }
    }
}

/// What is bound for each parameter, the first check of its type around it where there is one, and all other checks.
fn bound(statement: &Statement, columns: &[&Column]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let span = statement.span;
    let uses = statement.uses.iter().map(|used| {
        let function = match used.kind {
            UseKind::Compared => quote!(compared),
            UseKind::ComparedWithAny => quote!(compared_with_any),
            UseKind::Assigned => quote!(assigned),
        };
        let column = variable(columns, &used.column, span);
        let param = param(used.param, span);
        (used.param, quote!(__query::#function(#column, #param)))
    });
    let limits = statement.limits.iter().map(|&limit| {
        let param = param(limit, span);
        (limit, quote!(__query::limited(#param)))
    });
    let mut bound: Vec<Option<TokenStream>> = vec![None; statement.params.len()];
    let mut others = Vec::new();
    for (param, check) in uses.chain(limits) {
        let check = underlining(span, span, check);
        match &mut bound[param] {
            Some(_) => others.push(check),
            first => *first = Some(check),
        }
    }
    let bound = bound.into_iter().enumerate();
    let bound =
        bound.map(|(index, check)| check.unwrap_or_else(|| param(index, span).to_token_stream()));
    (bound.collect(), others)
}

/// Each column once.
fn distinct(statement: &Statement) -> Vec<&Column> {
    let mut columns: Vec<&Column> = Vec::new();
    for piece in &statement.pieces {
        if let Piece::Column(column) = piece
            && !columns.iter().any(|known| is_same(known, column))
        {
            columns.push(column);
        }
    }
    columns
}

fn is_same(a: &Column, b: &Column) -> bool {
    same_path(&a.table, &b.table) && a.field == b.field
}

/// The check of a column: a constant where only its name matters, a variable of its type where that does. There the
/// check is part of the type, so that a field that does not exist gets no second error.
fn checked(statement: &Statement, index: usize, column: &Column) -> TokenStream {
    let span = statement.span;
    let Column { table, field, .. } = column;
    let name = field_name(field);
    let check = quote!(__verify::query_column(<#table as __Relation>::RELATION, #name));
    let item = if is_typed(statement, column) {
        let variable = variable_at(index, span);
        let row = Ident::new("__row", span);
        quote! {
            let #variable = __query::Column::of(
                |#row: &<#table as __query::Checked<{ #check }>>::Row| &#row.#field
            );
        }
    } else {
        quote!(const _: ::core::primitive::usize = #check;)
    };
    underlining(span, span, item)
}

/// Whether a column's type is asked for.
fn is_typed(statement: &Statement, column: &Column) -> bool {
    let is_result = match &statement.result {
        Results::Fields(fields) => fields.iter().any(|field| {
            matches!(&field.source, Source::Column { column: known, .. } if is_same(known, column))
        }),
        _ => false,
    };
    is_result
        || statement
            .uses
            .iter()
            .any(|used| is_same(&used.column, column))
}

fn variable_at(index: usize, span: Span) -> Ident {
    format_ident!("__column_{index}", span = span)
}

/// The variable of a column whose type is asked for.
fn variable(columns: &[&Column], column: &Column, span: Span) -> Ident {
    let index = columns.iter().position(|known| is_same(known, column));
    variable_at(index.unwrap_or_default(), span)
}

fn param(index: usize, span: Span) -> Ident {
    format_ident!("__param_{index}", span = span)
}

/// `&` of an expression, in parentheses where `&` would bind tighter than what it is made of.
fn borrowed(expression: &Expr, span: Span) -> TokenStream {
    match expression {
        Expr::Path(_)
        | Expr::Field(_)
        | Expr::Lit(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Index(_)
        | Expr::Paren(_)
        | Expr::Reference(_) => quote_spanned!(span=> &#expression),
        _ => quote_spanned!(span=> &(#expression)),
    }
}

fn parts(statement: &Statement) -> Vec<TokenStream> {
    let krate = &statement.krate;
    let text = |text: &str| quote!(#krate::query::Part::Text(#text));
    let name = |name: &str| quote!(#krate::query::Part::Name(#name));
    let mut parts = Vec::new();
    for piece in &statement.pieces {
        match piece {
            Piece::Text(plain) => parts.push(text(plain)),
            Piece::Param(index) => parts.push(text(&format!("${}", index + 1))),
            Piece::Output(output, _) => parts.push(name(&field_name(output))),
            Piece::Table(table) => {
                let path = &table.path;
                let table_name = quote_spanned! {statement.span=>
                    <#path as #krate::relation::Relation>::RELATION.name
                };
                parts.push(quote!(#krate::query::Part::Table(#table_name)));
                if let Some(alias) = &table.alias {
                    parts.extend([text(" AS "), name(alias)]);
                }
            }
            Piece::Column(column) => {
                if let Some(alias) = &column.alias {
                    parts.extend([name(alias), text(".")]);
                }
                let table = definition(krate, column, statement.span);
                let field = field_name(&column.field);
                parts.push(quote!(#krate::query::Part::Column(#table, #field)));
            }
        }
    }
    parts
}

pub(super) fn definition(krate: &Path, column: &Column, span: Span) -> TokenStream {
    let table = &column.table;
    quote_spanned!(span=> <#table as #krate::relation::Relation>::RELATION)
}

/// The row's struct, and its marker.
fn row(statement: &Statement, columns: &[&Column]) -> (TokenStream, TokenStream) {
    let marker = quote!(::core::marker::PhantomData);
    match &statement.result {
        Results::Nothing => {
            let krate = &statement.krate;
            (
                TokenStream::new(),
                quote!(#marker::<fn() -> #krate::query::NoRow>),
            )
        }
        Results::Given(row, listed) => {
            let marker = given_row::given(statement, row, listed.as_deref());
            (TokenStream::new(), marker)
        }
        Results::Fields(fields) => own_row(statement, columns, fields),
    }
}

/// A struct with one type parameter for each result, for nobody but the compiler knows their types.
fn own_row(
    statement: &Statement,
    columns: &[&Column],
    fields: &[Field],
) -> (TokenStream, TokenStream) {
    let Statement { krate, span, .. } = statement;
    let types: Vec<_> = (0..fields.len())
        .map(|index| format_ident!("__T{index}"))
        .collect();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let described = fields.iter().zip(&types).map(|(field, ty)| {
        let name = field_name(&field.name);
        let name = match &field.source {
            Source::Column {
                column,
                renamed: false,
                ..
            } => {
                let table = definition(krate, column, *span);
                quote!(#krate::query::column_name(#table, #name))
            }
            _ => quote!(#name),
        };
        quote!(#krate::row::RowField::value::<#ty>(#name))
    });
    let inferred = fields.iter().map(|field| match &field.source {
        Source::Given(ty) => quote_spanned!(*span=> #krate::query::Column::<#ty>::given()),
        Source::Column { column, outer, .. } => {
            let outer = outer.then(|| quote!(.outer()));
            let variable = variable(columns, column, *span);
            quote!(#variable #outer)
        }
    });
    let row = quote! {
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
        #[allow(dead_code)]
        struct SqlRow<#(#types),*> { #(#names: #types),* }
        #[automatically_derived]
        impl<'__r, #(#types: #krate::row::RowValue<'__r>),*> #krate::row::FromRow<'__r> for SqlRow<#(#types),*> {
            const SOURCE: &'static ::core::primitive::str = "sql!";
            const FIELDS: &'static [#krate::row::RowField] = &[#(#described),*];
            fn read(__reader: &mut #krate::row::Reader<'__r, '_>) -> #krate::row::ReadResult<Self> {
                ::core::result::Result::Ok(Self { #(#names: __reader.value()?),* })
            }
        }
        const fn __row<#(#types),*>(
            _: (#(#krate::query::Column<#types>,)*),
        ) -> ::core::marker::PhantomData<fn() -> SqlRow<#(#types),*>> {
            ::core::marker::PhantomData
        }
        #[allow(unused_imports)]
        use #krate::query::OuterColumn as _;
    };
    (row, quote!(__row((#(#inferred,)*))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_binds_looser_than_a_reference_is_in_parentheses() {
        for (text, expected) in [("a.b", "& a . b"), ("a + 1", "& (a + 1)")] {
            let expression = syn::parse_str(text).unwrap();
            let tokens = borrowed(&expression, Span::call_site());
            assert_eq!(tokens.to_string(), expected);
        }
    }
}
