//! What a column's SQL type allows its collation, storage and compression to be.

use super::{
    code::{self, Code},
    message::Message,
};
use crate::{
    def::{ColumnDef, Storage, TableDef, TypeObjectKind},
    ty::TypeDef,
};

/// Checks that a column with `collate` is of a type that has a collation
/// ([Collation Support](https://www.postgresql.org/docs/current/collation.html)).
#[track_caller]
pub const fn collation(table: &TableDef, index: usize) {
    let column = &table.columns[index];
    if !collates(column) {
        refuse(
            code::COLLATION,
            table,
            column,
            ", which has no collation\nhelp: remove `collate`",
        )
    }
}

/// Checks that a column with a storage other than `plain` is of a type of variable length
/// ([TOAST](https://www.postgresql.org/docs/current/storage-toast.html)).
#[track_caller]
pub const fn storage(table: &TableDef, index: usize) {
    let column = &table.columns[index];
    if is_fixed(column.beneath()) && !matches!(column.storage, Some(Storage::Plain)) {
        refuse(
            code::STORAGE,
            table,
            column,
            ", whose values have a fixed length and are always stored plain\nhelp: remove `storage`",
        )
    }
}

/// Checks that a column with a compression is of a type of variable length.
#[track_caller]
pub const fn compression(table: &TableDef, index: usize) {
    let column = &table.columns[index];
    if is_fixed(column.beneath()) {
        refuse(
            code::COMPRESSION,
            table,
            column,
            ", whose values have a fixed length and are never compressed\nhelp: remove `compression`",
        )
    }
}

/// Whether a column's type has a collation, or only the server knows what it is. An array has its elements' collation,
/// a domain that of the type below it.
const fn collates(column: &ColumnDef) -> bool {
    let element = match &column.sql_type {
        TypeDef::Array(element) => element,
        ty => ty,
    };
    match (element, column.facts.type_object) {
        (TypeDef::Named { .. }, Some(object)) => match &object.kind {
            TypeObjectKind::Domain(domain) => collates(&domain.value),
            TypeObjectKind::Enum(_) | TypeObjectKind::Composite(_) => false,
        },
        _ => matches!(
            element,
            TypeDef::Text
                | TypeDef::Varchar(_)
                | TypeDef::Char(_)
                | TypeDef::Citext
                | TypeDef::Verbatim(_)
                | TypeDef::Named { .. }
        ),
    }
}

/// Whether all values of a column have one length: an enum's are numbers.
const fn is_fixed(column: &ColumnDef) -> bool {
    if let (TypeDef::Named { .. }, Some(object)) = (&column.sql_type, column.facts.type_object) {
        return matches!(object.kind, TypeObjectKind::Enum(_));
    }
    matches!(
        column.sql_type,
        TypeDef::Boolean
            | TypeDef::SmallInt
            | TypeDef::Integer
            | TypeDef::BigInt
            | TypeDef::Real
            | TypeDef::DoublePrecision
            | TypeDef::Money
            | TypeDef::Date
            | TypeDef::Time(_)
            | TypeDef::Timetz(_)
            | TypeDef::Timestamp(_)
            | TypeDef::Timestamptz(_)
            | TypeDef::Interval
            | TypeDef::Uuid
            | TypeDef::Macaddr
            | TypeDef::Macaddr8
            | TypeDef::Oid
            | TypeDef::Point
            // Of any length, and stored as they are all the same.
            | TypeDef::TsQuery
    )
}

#[track_caller]
const fn refuse(code: Code, table: &TableDef, column: &ColumnDef, why: &str) -> ! {
    Message::new(code)
        .push("column ")
        .column(table, column.name)
        .push(" is ")
        .sql_type(&column.sql_type)
        .push(why)
        .fail()
}
