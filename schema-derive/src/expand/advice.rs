//! Prints the advice that the compiler gives: a use of something deprecated for each, at the user's word.
//!
//! Only what one word of an attribute or one field's type shows, and hardly anybody means: a crate that denies warnings
//! is stopped by it. The rest is for `schema-kit lint`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::underlining;
use crate::ast::{Column, Modifiers, SqlType, Table};

/// The rule about integers as primary keys.
const INTEGER_PRIMARY_KEY: &str = "integer_primary_key";

/// All advice about a table, but what `allow(…)` silences.
pub(super) fn table(table: &Table) -> TokenStream {
    let krate = &table.krate;
    let columns = table.columns.iter().enumerate();
    let mut advice: Vec<TokenStream> = columns
        .filter_map(|(index, column)| of_type(table, index, column))
        .collect();
    let primary_key = primary_key(table);
    if advice.is_empty() && primary_key.is_none() {
        return TokenStream::new();
    }
    advice.extend(primary_key);
    quote! {
        #[allow(unused_imports)]
        use #krate::advice::{self as __advice, AnyPrimaryKey as _};
        #(#advice)*
    }
}

fn of_type(table: &Table, index: usize, column: &Column) -> Option<TokenStream> {
    let sql_type = column.sql_type.as_ref()?;
    let rule = rule(&sql_type.value).filter(|rule| !is_allowed(table, index, rule))?;
    let rule = Ident::new(rule, Span::call_site());
    let used = underlining(sql_type.span, sql_type.span, quote!(__advice::#rule));
    Some(quote!(const _: () = #used;))
}

/// The rule about an SQL type as the user wrote it.
fn rule(ty: &SqlType) -> Option<&'static str> {
    Some(match (ty.variant, &ty.modifiers) {
        ("Json", _) => "json_instead_of_jsonb",
        ("Timestamp", _) => "timestamp_without_time_zone",
        ("Timetz", _) => "time_with_time_zone",
        ("Money", _) => "money_type",
        ("Varchar", Modifiers::One(None)) => "varchar_without_length",
        _ => return None,
    })
}

/// A primary key of one column that references nothing. Its type asks the compiler, unless its spelling says enough.
fn primary_key(table: &Table) -> Option<TokenStream> {
    let [key] = &table.primary_key.as_ref()?.columns[..] else {
        return None;
    };
    let column = &table.columns[key.index];
    let mut keys = table.foreign_keys.iter().flat_map(|key| &key.columns);
    let is_known = column.spelling.text != "i32" && column.spelling.is_plain();
    if is_known
        || column.sql_type.is_some()
        || keys.any(|referencing| referencing.index == key.index)
        || is_allowed(table, key.index, INTEGER_PRIMARY_KEY)
    {
        return None;
    }
    let (first, last) = column.spelling.ends();
    let ty = &column.ty;
    let start = underlining(first, first, quote!(__advice::PrimaryKey::<));
    let rule = Ident::new(INTEGER_PRIMARY_KEY, last);
    let end = underlining(last, last, quote!(>::#rule));
    Some(quote!(const _: () = #start #ty #end;))
}

fn is_allowed(table: &Table, index: usize, rule: &str) -> bool {
    let mut allows = table.allows.iter();
    allows.any(|allow| allow.rule.value == rule && allow.column.is_none_or(|at| at == index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbol::LINT_RULES;

    #[test]
    fn what_the_compiler_advises_lint_advises_too() {
        let ty = |variant| SqlType {
            variant,
            modifiers: Modifiers::One(None),
            array: true,
        };
        let found = ["Json", "Timestamp", "Timetz", "Money", "Varchar", "Jsonb"]
            .map(|name| rule(&ty(name)));
        assert_eq!(found.iter().flatten().count(), 5);
        let mut all = found.into_iter().flatten().chain([INTEGER_PRIMARY_KEY]);
        assert!(all.all(|rule| LINT_RULES.contains(&rule)));
    }
}
