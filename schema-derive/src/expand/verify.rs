//! Prints the checks of facts the macro cannot see: one constant each, spanned with the token an error is about.
//!
//! One constant per fact, since the first panic ends a constant and the user is to see every mistake in one build.

mod partition;
mod settled;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{TokenStreamExt as _, quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{ends, schema::option_checks, underlining};
use crate::ast::{Action, Column, ColumnRef, Default, ForeignKey, Index, Indexed, Table};

/// All checks of a table.
pub(super) fn table(table: &Table) -> Vec<TokenStream> {
    let ident = &table.ident;
    let mut checks = Vec::new();
    let mut aliases = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        self::column(&mut checks, &mut aliases, ident, (index, column));
    }
    if !aliases.is_empty() {
        checks.push(aliases);
    }
    for column in table.primary_key.iter().flat_map(|key| &key.columns) {
        let declared = &table.columns[column.index];
        if !declared.json && declared.sql_type.is_none() && declared.spelling.is_plain() {
            continue;
        }
        let index = number(column.index);
        let call = quote!(__verify::primary_key::<#ident>(#index));
        checks.push(vec![check(column.span, call)]);
    }
    for (index, key) in table.foreign_keys.iter().enumerate() {
        foreign_key(&mut checks, ident, index, key);
    }
    for key in &table.uniques {
        for column in &key.columns {
            checks.extend(comparable(table, column.index, column.span));
        }
    }
    for index in table.indexes.iter().filter(|index| compares(index)) {
        for key in index.keys.iter().filter(|key| key.operator_class.is_none()) {
            if let Indexed::Column(column) = &key.key {
                checks.extend(comparable(table, column.index, column.span));
            }
        }
    }
    for exclusion in table.exclusions.iter().filter(|e| e.method.is_none()) {
        let elements = exclusion.elements.iter().map(|(key, _)| key);
        for key in elements.filter(|key| key.operator_class.is_none()) {
            if let Indexed::Column(column) = &key.key {
                checks.extend(comparable(table, column.index, column.span));
            }
        }
    }
    methods(&mut checks, table);
    for key in table.indexes.iter().flat_map(|index| &index.keys) {
        if let (Indexed::Column(column), Some(collation)) = (&key.key, &key.collation) {
            let index = number(column.index);
            checks.push(vec![check(
                collation.span,
                quote!(__verify::collation::<#ident>(#index)),
            )]);
        }
    }
    checks.extend(partition::checks(table));
    checks.iter().map(|calls| constant(calls)).collect()
}

/// The index methods besides the b-tree that come with the server, which do not take every type.
const METHODS: [&str; 5] = ["brin", "gin", "gist", "hash", "spgist"];

/// The checks that index methods take the columns they are to index.
fn methods(checks: &mut Vec<Vec<TokenStream>>, table: &Table) {
    let ident = &table.ident;
    let indexes = table.indexes.iter();
    let indexes = indexes.map(|index| (&index.method, index.keys.iter().collect::<Vec<_>>()));
    let exclusions = table.exclusions.iter().map(|exclusion| {
        let elements = exclusion.elements.iter().map(|(key, _)| key);
        (&exclusion.method, elements.collect())
    });
    for (method, keys) in indexes.chain(exclusions) {
        let Some(method) = method else { continue };
        let method = method.value.as_str();
        if !METHODS.contains(&method) {
            continue;
        }
        for key in keys.iter().filter(|key| key.operator_class.is_none()) {
            if let Indexed::Column(column) = &key.key {
                let index = number(column.index);
                let call = quote!(__verify::indexed::<#ident>(#index, #method));
                checks.push(vec![check(column.span, call)]);
            }
        }
    }
}

/// Whether an index method compares values, of arrays their elements.
fn compares(index: &Index) -> bool {
    let method = index.method.as_ref().map(|method| method.value.as_str());
    matches!(method, None | Some("btree" | "hash" | "gin"))
}

/// The check of a column in a key, where its type may be one of the user's own.
fn comparable(table: &Table, index: usize, span: Span) -> Option<Vec<TokenStream>> {
    let column = &table.columns[index];
    if column.json || column.sql_type.is_some() || column.spelling.is_plain_or_option() {
        return None;
    }
    let (ident, index) = (&table.ident, number(index));
    Some(vec![check(
        span,
        quote!(__verify::comparable::<#ident>(#index)),
    )])
}

/// The checks of a column share a constant: one whose type is wrong is asked no more.
///
/// A type with its default SQL type can only be wrong by nesting `Option` or `Vec`. Where that takes an alias, all such
/// columns share one constant, for a constant costs the compiler more than what is in it.
fn column(
    checks: &mut Vec<Vec<TokenStream>>,
    aliases: &mut Vec<TokenStream>,
    ident: &Ident,
    (index, column): (usize, &Column),
) {
    let index = number(index);
    let mut calls = Vec::new();
    if !column.json && !settled::is_held(column) {
        let rust = &column.spelling.text;
        let call = quote!(__verify::column::<#ident>(#index, #rust));
        match &column.sql_type {
            Some(sql_type) => calls.push(check(sql_type.span, call)),
            None if rust.matches('<').count() > 1 => {
                calls.push(check_between(column.spelling.ends(), call))
            }
            None => aliases.push(check_between(column.spelling.ends(), call)),
        }
    }
    if let Some(default) = &column.default
        && !matches!(default.value, Default::Sql(_))
        && !settled::is_default(column, &default.value)
    {
        let call = quote!(__verify::default_value::<#ident>(#index));
        calls.push(check(default.span, call));
    }
    let words = [
        (
            column.collation.as_ref().map(|word| word.span),
            quote!(collation),
        ),
        (
            column.storage.as_ref().map(|word| word.span),
            quote!(storage),
        ),
        (
            column.compression.as_ref().map(|word| word.span),
            quote!(compression),
        ),
    ];
    for (span, function) in words {
        if let Some(span) = span {
            checks.push(vec![check(
                span,
                quote!(__verify::#function::<#ident>(#index)),
            )]);
        }
    }
    if let Some(identity) = &column.identity {
        let call = quote!(__verify::identity::<#ident>(#index));
        calls.push(check(identity.span, call));
    }
    sequence(checks, &index, column);
    if !calls.is_empty() {
        checks.push(calls);
    }
}

/// The checks of an identity column's sequence, a constant each.
fn sequence(checks: &mut Vec<Vec<TokenStream>>, index: &Literal, column: &Column) {
    let options = quote!(__verify::identity_options(&__TABLE, #index));
    let sql_type = quote!(&__TABLE.columns[#index].sql_type);
    let calls = option_checks(&column.sequence.options, &options, &sql_type);
    checks.extend(calls.map(|call| vec![call]));
}

/// The checks of a foreign key of one column share a constant: they find one mistake together.
fn foreign_key(checks: &mut Vec<Vec<TokenStream>>, ident: &Ident, index: usize, key: &ForeignKey) {
    let index = number(index);
    let (first, last) = ends(&key.referenced);
    let referenced = &key.referenced;
    let target = quote_spanned!(referenced.span()=> <#referenced as __Table>::TABLE);
    let columns = key
        .referenced_fields
        .iter()
        .enumerate()
        .map(|(position, field)| {
            let column = key.columns.get(position).map_or(0, |column| column.index);
            let (position, column) = (number(position), number(column));
            let function = quote!(__verify::referenced_column::<#ident>);
            let arguments = quote!(#index, #target, #position, #column);
            call((field.span(), field.span()), function, arguments)
        });
    if columns.len() == 1 {
        // The two share what they look up, and each call keeps its place.
        let whole = quote!(__verify::foreign_key_column);
        let whole = call((first, last), whole, quote!(#(#columns),*));
        checks.push(vec![whole]);
    } else if let ([column], []) = (&key.columns[..], &key.referenced_fields[..]) {
        let whole = quote!(__verify::foreign_key_to_primary_key::<#ident>);
        let column = number(column.index);
        let arguments = quote!(#index, #target, #column);
        checks.push(vec![call((first, last), whole, arguments)]);
    } else {
        let whole = quote!(__verify::foreign_key::<#ident>);
        checks.push(vec![call((first, last), whole, quote!(#index, #target))]);
        let only = |call| vec![quote!({ #call; })];
        checks.extend(columns.map(only));
    }
    for action in [&key.on_delete, &key.on_update].into_iter().flatten() {
        let (function, named) = match &action.value {
            Action::SetNull(columns) => (quote!(set_null), columns),
            Action::SetDefault(columns) => (quote!(set_default), columns),
            _ => continue,
        };
        let columns = indexes(if named.is_empty() {
            &key.columns
        } else {
            named
        });
        let call = quote!(__verify::#function::<#ident>(&[#(#columns),*]));
        checks.push(vec![check(action.span, call)]);
    }
}

fn indexes(columns: &[ColumnRef]) -> impl Iterator<Item = Literal> {
    columns.iter().map(|column| number(column.index))
}

fn number(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}

pub(super) fn check(span: Span, call: TokenStream) -> TokenStream {
    check_between((span, span), call)
}

pub(super) fn check_between((first, last): (Span, Span), call: TokenStream) -> TokenStream {
    underlining(first, last, call)
}

/// A call whose arguments keep their places.
fn call((first, last): (Span, Span), function: TokenStream, arguments: TokenStream) -> TokenStream {
    let mut function = underlining(first, last, function);
    let mut arguments = Group::new(Delimiter::Parenthesis, arguments);
    arguments.set_span(last);
    function.append(arguments);
    function
}

/// A constant of these checks, of which the first that fails is told.
pub(super) fn constant(calls: &[TokenStream]) -> TokenStream {
    match calls {
        [call] => quote!(const _: () = #call;),
        _ => quote!(const _: () = { #(#calls;)* };),
    }
}
