//! The checks of a table's derive, by the table's type: a constant that names neither the definition nor a column by
//! reference is the cheapest for the compiler, which otherwise asks for each whether what is behind it can change.

#[path = "verify/view.rs"]
pub mod view;

use crate::{
    def::{DefaultDef, TableDef},
    table::Table,
    verify,
};

pub use crate::verify::*;

/// `name(arguments)` of [`verify`], its table or view given as a type of this trait.
macro_rules! of_type {
    ($of:ident::$definition:ident: $($name:ident($($argument:ident: $ty:ty),*);)+) => {
        $(
            #[doc = concat!("[`verify::", stringify!($name), "`]")]
            #[track_caller]
            pub const fn $name<T: $of>($($argument: $ty),*) {
                verify::$name(T::$definition, $($argument),*);
            }
        )+
    };
}

use of_type;

of_type! {
    Table::TABLE:
    column(index: usize, rust: &str);
    collation(index: usize);
    comparable(index: usize);
    compression(index: usize);
    default_value(index: usize);
    hashed(index: usize);
    identity(index: usize);
    indexed(index: usize, method: &str);
    partition_null(index: usize);
    partition_value(index: usize, value: &DefaultDef);
    primary_key(index: usize);
    set_default(columns: &[usize]);
    set_null(columns: &[usize]);
    storage(index: usize);
}

/// [`verify::foreign_key`]
#[track_caller]
pub const fn foreign_key<T: Table>(key: usize, target: &TableDef) {
    verify::foreign_key(T::TABLE, &T::FOREIGN_KEYS[key], target);
}

/// [`verify::foreign_key_to_primary_key`]
#[track_caller]
pub const fn foreign_key_to_primary_key<T: Table>(key: usize, target: &TableDef, column: usize) {
    verify::foreign_key_to_primary_key(T::TABLE, &T::FOREIGN_KEYS[key], target, column);
}

/// [`verify::referenced_column`]
#[track_caller]
pub const fn referenced_column<T: Table>(
    key: usize,
    target: &'static TableDef,
    position: usize,
    column: usize,
) -> Referenced<'static> {
    verify::referenced_column(T::TABLE, &T::FOREIGN_KEYS[key], target, position, column)
}
