//! Rules over one struct, one function each with the reason it exists.
//!
//! What PostgreSQL accepts is accepted. Facts of Rust types and of other tables are checked by the compiler instead, with
//! the constants `expand` prints.

mod columns;
mod foreign_keys;
mod generated;
mod indexes;
mod keys;
mod names;
mod partition;
mod policies;
mod rest;

pub(crate) use self::rest::{schema, text_enum};

use crate::{ast::Table, attr::DeclaredTable, ctxt::Ctxt};

/// Settles the primary key and applies every rule.
pub(crate) fn table(cx: &Ctxt, declared: DeclaredTable) -> Table {
    let table = keys::primary(cx, declared);
    columns::check(cx, &table);
    generated::check(cx, &table);
    keys::check(cx, &table);
    foreign_keys::check(cx, &table);
    indexes::check(cx, &table);
    partition::check(cx, &table);
    policies::check(cx, &table);
    names::check(cx, &table);
    table
}
