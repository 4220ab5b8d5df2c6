//! Prints the checks of facts the macro cannot see: one constant each, spanned with the token an error is about.
//!
//! One constant per fact, since the first panic ends a constant and the user is to see every mistake in one build.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use super::{ends, underlining};
use crate::ast::{Action, Column, ColumnRef, Default, ForeignKey, Indexed, Table};

/// All checks of a table.
pub(super) fn table(table: &Table) -> Vec<TokenStream> {
    let mut checks = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        self::column(&mut checks, index, column);
    }
    for column in table.primary_key.iter().flat_map(|key| &key.columns) {
        let index = number(column.index);
        checks.push(check(
            column.span,
            quote!(__verify::primary_key(__TABLE, #index)),
        ));
    }
    for (index, key) in table.foreign_keys.iter().enumerate() {
        foreign_key(&mut checks, index, key);
    }
    for key in table.indexes.iter().flat_map(|index| &index.keys) {
        if let (Indexed::Column(column), Some(collation)) = (&key.key, &key.collation) {
            let index = number(column.index);
            checks.push(check(
                collation.span,
                quote!(__verify::collation(__TABLE, #index)),
            ));
        }
    }
    checks
}

fn column(checks: &mut Vec<TokenStream>, index: usize, column: &Column) {
    let index = number(index);
    if !column.json {
        let rust = rust_type(&column.ty);
        let call = quote!(__verify::column(__TABLE, #index, #rust));
        match &column.sql_type {
            Some(sql_type) => checks.push(check(sql_type.span, call)),
            // A type with its default SQL type can only be wrong by nesting `Option` or `Vec`.
            None if rust.contains('<') => checks.push(check_between(ends(&column.ty), call)),
            None => {}
        }
    }
    if let Some(default) = &column.default
        && !matches!(default.value, Default::Sql(_))
    {
        let call = quote!(__verify::default_value(__TABLE, #index));
        checks.push(check(default.span, call));
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
            checks.push(check(span, quote!(__verify::#function(__TABLE, #index))));
        }
    }
    if let Some(identity) = &column.identity {
        checks.push(check(
            identity.span,
            quote!(__verify::identity(__TABLE, #index)),
        ));
    }
}

fn foreign_key(checks: &mut Vec<TokenStream>, index: usize, key: &ForeignKey) {
    let index = number(index);
    let key_def = quote!(&__KEYS[#index]);
    let call = quote!(__verify::foreign_key(__TABLE, #key_def));
    checks.push(check_between(ends(&key.referenced), call));
    for (position, field) in key.referenced_fields.iter().enumerate() {
        let position = number(position);
        let call = quote!(__verify::referenced_column(__TABLE, #key_def, #position));
        checks.push(check(field.span(), call));
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
        let call = quote!(__verify::#function(__TABLE, &[#(#columns),*]));
        checks.push(check(action.span, call));
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
    let call = underlining(first, last, call);
    quote!(const _: () = #call;)
}

/// A type as the user wrote it, spaced as rustfmt does.
pub(super) fn rust_type(ty: &impl ToTokens) -> String {
    let mut text = String::new();
    for part in ty.to_token_stream().to_string().split(' ') {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
        let apart = text.ends_with([',', ';'])
            || (text.ends_with(is_word) && part.starts_with(is_word))
            || text.ends_with(['+', '='])
            || part.starts_with(['+', '=']);
        if apart && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelled_without_the_tokens_spaces() {
        for text in [
            "Option<Vec<crate::people::Id<User>>>",
            "(i32, String)",
            "&'a str",
            "[u8; 4]",
            "Box<dyn Send + Sync>",
        ] {
            let ty: syn::Type = syn::parse_str(text).unwrap();
            assert_eq!(rust_type(&ty), text);
        }
    }
}
