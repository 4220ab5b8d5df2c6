//! The derive macros of `schema-core`.

mod ast;
mod attr;
mod case;
mod ctxt;
mod expand;
mod fallback;
mod pipeline;
mod suggest;
mod symbol;
mod valid;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// A struct is a table.
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    pipeline::table(&input, expand::table).into()
}

/// A struct is read from a row.
#[proc_macro_derive(FromRow, attributes(table, column))]
pub fn derive_from_row(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    pipeline::projection(&input, expand::projection).into()
}

/// An enum is stored as text.
#[proc_macro_derive(TextEnum, attributes(text))]
pub fn derive_text_enum(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    pipeline::text_enum(&input, expand::text_enum).into()
}

/// A struct of `bitflags!` is stored as an integer.
#[proc_macro_derive(SqlFlags, attributes(flags))]
pub fn derive_sql_flags(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    pipeline::sql_flags(&input, expand::sql_flags).into()
}

#[doc(hidden)]
#[proc_macro]
pub fn schema_impl(input: TokenStream) -> TokenStream {
    pipeline::schema(input.into(), expand::schema).into()
}
