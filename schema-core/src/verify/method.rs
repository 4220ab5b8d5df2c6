//! Whether an index method takes the values of a column, where no operator class is named: the default classes of the
//! server's own methods ([Operator Classes](https://www.postgresql.org/docs/current/indexes-opclass.html), `pg_opclass`).

use super::{
    code,
    message::{Message, same},
};
use crate::{
    def::{ColumnDef, TableDef, TypeObjectKind},
    ty::TypeDef,
};

/// Checks that an index method has an operator class for a column; one that an extension may have counts, for a schema
/// must list that anyway.
#[track_caller]
pub const fn indexed(table: &TableDef, index: usize, method: &str) {
    let column = &table.columns[index];
    if !takes(method, column) {
        Message::new(code::NOT_INDEXED)
            .text(&["index method `", method, "` has no operator class for column "])
            .column(table, column.name)
            .push(", which is ")
            .sql_type(&column.sql_type)
            .push("\nhelp: use another method or none, or name an operator class of your own behind the field")
            .fail()
    }
}

/// Checks that a column can be in the key of a table partitioned by hash.
#[track_caller]
pub const fn hashed(table: &TableDef, index: usize) {
    let column = &table.columns[index];
    if !takes("hash", column) {
        Message::new(code::NOT_INDEXED)
            .push("the table is partitioned by the hash of column ")
            .column(table, column.name)
            .push(", and PostgreSQL has none of ")
            .sql_type(&column.sql_type)
            .push("\nhelp: partition by another column, by `range` or by `list`, or name an operator class of your own behind the field")
            .fail()
    }
}

/// Whether a method has a default operator class for a column; of a type nothing is known of, it counts as having one.
const fn takes(method: &str, column: &ColumnDef) -> bool {
    let Some(kind) = kind(column.beneath()) else {
        return true;
    };
    if same(method, "hash") {
        !matches!(
            kind,
            Kind::Money | Kind::Bits | Kind::Vector | Kind::Query | Kind::Plain | Kind::Point
        )
    } else if same(method, "gist") {
        !matches!(
            kind,
            Kind::Jsonb | Kind::Array | Kind::Composite | Kind::Plain
        )
    } else if same(method, "gin") {
        !matches!(
            kind,
            Kind::Range
                | Kind::Multirange
                | Kind::Composite
                | Kind::Query
                | Kind::Plain
                | Kind::Point
        )
    } else if same(method, "brin") {
        matches!(
            kind,
            Kind::Text | Kind::Address | Kind::Scalar | Kind::Bits | Kind::Range | Kind::Char
        )
    } else if same(method, "spgist") {
        matches!(kind, Kind::Text | Kind::Address | Kind::Range | Kind::Point)
    } else {
        true
    }
}

/// Types that the methods treat alike.
enum Kind {
    Boolean,
    Text,
    Char,
    Address,
    /// Numbers, dates and what else is of one part.
    Scalar,
    Enum,
    Money,
    Bits,
    Jsonb,
    Vector,
    Query,
    Range,
    Multirange,
    Array,
    Composite,
    Point,
    /// JSON and XML.
    Plain,
}

/// What is known of a type; nothing of one in quotes.
const fn kind(column: &ColumnDef) -> Option<Kind> {
    Some(match &column.sql_type {
        TypeDef::Array(TypeDef::Verbatim(_)) | TypeDef::Verbatim(_) => return None,
        TypeDef::Array(_) => Kind::Array,
        TypeDef::Named { .. } => match column.facts.type_object {
            Some(object) => match &object.kind {
                TypeObjectKind::Enum(_) => Kind::Enum,
                TypeObjectKind::Composite(_) => Kind::Composite,
                TypeObjectKind::Domain(_) => return None,
            },
            None => return None,
        },
        TypeDef::Boolean => Kind::Boolean,
        TypeDef::Text | TypeDef::Varchar(_) | TypeDef::Citext => Kind::Text,
        TypeDef::Char(_) => Kind::Char,
        TypeDef::Inet | TypeDef::Cidr => Kind::Address,
        TypeDef::Money => Kind::Money,
        TypeDef::Bit(_) | TypeDef::Varbit(_) => Kind::Bits,
        TypeDef::Jsonb => Kind::Jsonb,
        TypeDef::TsVector => Kind::Vector,
        TypeDef::TsQuery => Kind::Query,
        TypeDef::Point => Kind::Point,
        TypeDef::Json | TypeDef::Xml => Kind::Plain,
        TypeDef::Int4Range
        | TypeDef::Int8Range
        | TypeDef::NumRange
        | TypeDef::TsRange
        | TypeDef::TstzRange
        | TypeDef::DateRange => Kind::Range,
        TypeDef::Int4Multirange
        | TypeDef::Int8Multirange
        | TypeDef::NumMultirange
        | TypeDef::TsMultirange
        | TypeDef::TstzMultirange
        | TypeDef::DateMultirange => Kind::Multirange,
        _ => Kind::Scalar,
    })
}
