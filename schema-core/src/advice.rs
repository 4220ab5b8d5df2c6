//! Advice the compiler gives: what `schema-kit lint` says too, where one word of an attribute or the type of one field
//! shows it and hardly anybody means it.
//!
//! Stable Rust lets a macro warn in one way alone: its output names something deprecated, at the user's word. These are
//! such things; nothing else uses them. `allow(rule, reason = "…")` on the field or the struct silences them.
//!
//! ```
//! use schema_core::{Id, Table};
//!
//! #[derive(Table)]
//! #[table(name = "webhooks")]
//! struct Webhook {
//!     #[column(primary_key)]
//!     id: Id<Webhook>,
//!     #[column(type = varchar, allow(varchar_without_length, reason = "an importer expects the type"))]
//!     payload: String,
//! }
//! ```
#![allow(non_upper_case_globals, reason = "they have the names of rules")]

use std::marker::PhantomData;

macro_rules! advice {
    ($($rule:ident: $note:literal;)+) => {
        $(
            #[doc = $note]
            #[deprecated(note = $note)]
            pub const $rule: () = ();
        )+
    };
}

advice! {
    json_instead_of_jsonb: "JSON keeps the text as it came and reads it again for every access\n\
        help: use `jsonb`; where this is meant, say why: `allow(json_instead_of_jsonb, reason = \"…\")`";
    timestamp_without_time_zone: "TIMESTAMP holds what a clock on some wall showed, and not when that was\n\
        help: use `timestamptz`; where this is meant, say why: `allow(timestamp_without_time_zone, reason = \"…\")`";
    time_with_time_zone: "a time of day without a date has no offset that could be told from its zone\n\
        help: use `timestamptz` or `time`; where this is meant, say why: `allow(time_with_time_zone, reason = \"…\")`";
    money_type: "how a MONEY value reads is a setting of whoever reads it, and it names no currency\n\
        help: use `numeric`; where this is meant, say why: `allow(money_type, reason = \"…\")`";
    varchar_without_length: "VARCHAR without a length is TEXT and looks as if a limit had been forgotten\n\
        help: use `varchar(100)` or `text`; where this is meant, say why: `allow(varchar_without_length, reason = \"…\")`";
}

/// A primary key of one column, asked as `PrimaryKey::<T>::integer_primary_key` with [`AnyPrimaryKey`] in scope: the
/// inherent constant of INTEGER's type goes before the trait's, whatever alias it is written as.
#[doc(hidden)]
#[derive(Debug)]
pub struct PrimaryKey<T>(PhantomData<T>);

#[doc(hidden)]
pub trait AnyPrimaryKey {
    /// Nothing to say.
    const integer_primary_key: () = ();
}

impl<T> AnyPrimaryKey for PrimaryKey<T> {}

impl PrimaryKey<i32> {
    /// It ends at 2,147,483,647.
    #[deprecated(
        note = "an INTEGER primary key ends at 2,147,483,647, and is made wider only by rewriting its table\n\
        help: use an `i64` or an `Id<…>`; where this is meant, say why: `allow(integer_primary_key, reason = \"…\")`"
    )]
    pub const integer_primary_key: () = ();
}
