//! What needs no check by the compiler, since a column's spelling and its attributes show that it holds.
//!
//! A constant costs the compiler more than what is in it, and most columns are of Rust's own types. What is not seen to
//! hold here, a check looks at and tells of.

use crate::ast::{Column, Default, Modifiers, SqlType};

/// Whether the column's SQL type is seen to hold its Rust type.
pub(super) fn is_held(column: &Column) -> bool {
    match &column.sql_type {
        None => column.spelling.is_plain_or_option(),
        Some(ty) => {
            let text = ["Text", "Varchar", "Char", "Citext"];
            !ty.value.array
                && column.spelling.own() == Some("String")
                && text.contains(&ty.value.variant)
        }
    }
}

/// Whether a literal is seen to be a value of the column.
pub(super) fn is_default(column: &Column, literal: &Default) -> bool {
    let Some(own) = column
        .spelling
        .own()
        .filter(|_| is_held(column) && !column.json)
    else {
        return false;
    };
    match (own, literal) {
        ("bool", Default::Boolean(_)) => true,
        ("i16", Default::Integer(value)) => i16::try_from(*value).is_ok(),
        ("i32", Default::Integer(value)) => i32::try_from(*value).is_ok(),
        ("i64", Default::Integer(value)) => i64::try_from(*value).is_ok(),
        ("String", Default::Text(text)) => {
            let length = text.chars().count();
            longest(column.sql_type.as_ref().map(|ty| &ty.value)).is_none_or(|most| length <= most)
        }
        _ => false,
    }
}

/// How many characters a text type takes.
fn longest(ty: Option<&SqlType>) -> Option<usize> {
    let ty = ty?;
    match (ty.variant, &ty.modifiers) {
        (_, Modifiers::One(Some(length))) => usize::try_from(*length).ok(),
        ("Char", _) => Some(1),
        _ => None,
    }
}
