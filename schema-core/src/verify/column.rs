//! What a column's Rust type allows: its SQL type, and whether it may be NULL.

use super::{
    code::{self, Code},
    comparison::comparable,
    default::characters,
    message::{Message, same, type_name},
};
use crate::{
    def::{ColumnDef, TableDef},
    ty::{TypeDef, TypeFacts},
};

/// Checks that a column's SQL type holds its Rust type, which the user wrote as `rust`.
#[track_caller]
pub const fn column(table: &TableDef, index: usize, rust: &str) {
    let column = &table.columns[index];
    let facts = column.facts;
    if facts.nested {
        nested(table, column, rust);
    }
    if facts.is_stand_in() {
        return;
    }
    if let TypeDef::Verbatim(text) | TypeDef::Array(TypeDef::Verbatim(text)) = &column.sql_type
        && text.is_empty()
    {
        Message::new(code::WITHOUT_TYPE)
            .push("column ")
            .column(table, column.name)
            .text(&[" has no SQL type: `", rust, "` holds values of any"])
            .push("\nhelp: write the type: `#[column(type = \"…\")]`")
            .fail()
    }
    if !fits(facts, &column.sql_type) {
        misfit(table, column, rust, facts);
    }
    if let Some(texts) = facts.texts {
        longest_text(table, column, rust, texts);
    }
}

#[track_caller]
const fn nested(table: &TableDef, column: &ColumnDef, rust: &str) -> ! {
    Message::new(code::NESTED)
        .push("column ")
        .column(table, column.name)
        .text(&[
            " cannot hold `",
            rust,
            "`: a column has one NULL, and arrays do not nest",
        ])
        .text(&[
            "\nhelp: use one `Option` or `Vec`, or store the field as JSONB with `#[column(json)]`",
        ])
        .fail()
}

pub(super) const fn fits(facts: &TypeFacts, ty: &TypeDef) -> bool {
    if facts.is_stand_in() || holds_any(facts) {
        return true;
    }
    let element = match ty {
        TypeDef::Verbatim(_) => return true,
        TypeDef::Array(TypeDef::Verbatim(_)) => return facts.array,
        TypeDef::Array(element) if facts.array => element,
        _ if facts.array => return false,
        _ => ty,
    };
    let mut i = 0;
    while i < facts.sql_types.len() {
        if holds(&facts.sql_types[i], element) {
            return true;
        }
        i += 1;
    }
    false
}

/// Whether values of any type are held, as by `RawValue`.
const fn holds_any(facts: &TypeFacts) -> bool {
    matches!(facts.sql_types, [TypeDef::Verbatim(text)] if text.is_empty())
}

/// Whether a type as `SQL_TYPES` lists it, its modifiers left open, is the given one.
const fn holds(listed: &TypeDef, given: &TypeDef) -> bool {
    if let (
        TypeDef::Named {
            namespace: Some(a), ..
        },
        TypeDef::Named {
            namespace: Some(b), ..
        },
    ) = (listed, given)
        && !same(a, b)
    {
        return false;
    }
    matches!(listed, TypeDef::Array(_)) == matches!(given, TypeDef::Array(_))
        && same(type_name(listed), type_name(given))
}

#[track_caller]
const fn misfit(table: &TableDef, column: &ColumnDef, rust: &str, facts: &TypeFacts) -> ! {
    let mut message = Message::new(code::MISFIT);
    message
        .push("column ")
        .column(table, column.name)
        .push(" is ")
        .sql_type(&column.sql_type)
        .text(&[
            ", which does not hold `",
            rust,
            "`\nhelp: `",
            rust,
            "` goes into ",
        ])
        .sql_types(facts.sql_types, if facts.array { "[]" } else { "" });
    if let Some(fitting) = rust_type(&column.sql_type) {
        message
            .push("; ")
            .sql_type(&column.sql_type)
            .text(&[" is held by `", fitting, "`"]);
    }
    message.fail()
}

/// The Rust type that is usual for an SQL type.
const fn rust_type(ty: &TypeDef) -> Option<&'static str> {
    Some(match ty {
        TypeDef::Boolean => "bool",
        TypeDef::SmallInt => "i16",
        TypeDef::Integer => "i32",
        TypeDef::BigInt => "i64",
        TypeDef::Real => "f32",
        TypeDef::DoublePrecision => "f64",
        TypeDef::Numeric(_) => "rust_decimal::Decimal",
        TypeDef::Text | TypeDef::Varchar(_) | TypeDef::Char(_) | TypeDef::Citext => "String",
        TypeDef::Bytea => "Vec<u8>",
        TypeDef::Timestamptz(_) => "jiff::Timestamp",
        TypeDef::Timestamp(_) => "jiff::civil::DateTime",
        TypeDef::Date => "jiff::civil::Date",
        TypeDef::Time(_) => "jiff::civil::Time",
        TypeDef::Uuid => "uuid::Uuid",
        TypeDef::Json | TypeDef::Jsonb => "serde_json::Value",
        TypeDef::Inet => "std::net::IpAddr",
        _ => return None,
    })
}

/// Checks that the column is long enough for every text of the enum it holds.
#[track_caller]
const fn longest_text(table: &TableDef, column: &ColumnDef, rust: &str, texts: &[&str]) {
    let limit = match &column.sql_type {
        TypeDef::Varchar(Some(limit)) | TypeDef::Char(Some(limit)) => *limit,
        TypeDef::Char(None) => 1,
        _ => return,
    };
    let (mut longest, mut i) = (0, 0);
    while i < texts.len() {
        if characters(texts[i]) > characters(texts[longest]) {
            longest = i;
        }
        i += 1;
    }
    if i > 0 && characters(texts[longest]) > limit {
        let length = characters(texts[longest]) as i128;
        Message::new(code::ENUM_TEXT_TOO_LONG)
            .push("column ")
            .column(table, column.name)
            .push(" is ")
            .sql_type(&column.sql_type)
            .text(&[
                ", but `",
                rust,
                "` has the text \"",
                texts[longest],
                "\" of ",
            ])
            .number(length)
            .push(" characters\nhelp: make the column at least ")
            .number(length)
            .push(" long")
            .fail()
    }
}

/// Checks that a column of the primary key is NOT NULL.
#[track_caller]
pub const fn primary_key(table: &TableDef, index: usize) {
    let column = &table.columns[index];
    if column.nullable {
        Message::new(code::NULLABLE_PRIMARY_KEY)
            .push("column ")
            .column(table, column.name)
            .push(
                " is in the primary key, but its type is an `Option`: a primary key is never NULL",
            )
            .push("\nhelp: remove the `Option`, or use `unique` in place of `primary_key`")
            .fail()
    }
    comparable(table, index);
}

/// Checks that an identity column is NOT NULL and an integer
/// ([Identity Columns](https://www.postgresql.org/docs/current/ddl-identity-columns.html)).
#[track_caller]
pub const fn identity(table: &TableDef, index: usize) {
    let column = &table.columns[index];
    if !matches!(
        column.sql_type,
        TypeDef::SmallInt | TypeDef::Integer | TypeDef::BigInt | TypeDef::Verbatim(_)
    ) {
        identity_message(code::IDENTITY_TYPE, table, column)
            .sql_type(&column.sql_type)
            .push(", but only integers can be generated")
            .push("\nhelp: use a field of type i16, i32 or i64, or write the value's expression as `default = sql(\"…\")`")
            .fail()
    }
    if column.nullable {
        identity_message(code::IDENTITY_NULLABLE, table, column)
            .push("an `Option`, but PostgreSQL makes identity columns NOT NULL")
            .push("\nhelp: remove the `Option`")
            .fail()
    }
}

const fn identity_message(code: Code, table: &TableDef, column: &ColumnDef) -> Message {
    let mut message = Message::new(code);
    message
        .push("identity column ")
        .column(table, column.name)
        .push(" is ");
    message
}

/// Checks that `set_null` can set the columns at these indexes to NULL.
#[track_caller]
pub const fn set_null(table: &TableDef, columns: &[usize]) {
    let mut i = 0;
    while i < columns.len() {
        let column = &table.columns[columns[i]];
        if !column.nullable {
            Message::new(code::SET_NULL)
                .push("`set_null` cannot set ")
                .column(table, column.name)
                .push(": the column is NOT NULL\nhelp: make the field `")
                .push(column.field)
                .push("` an `Option`, or use `cascade` or `restrict`")
                .fail()
        }
        i += 1;
    }
}

/// Checks that `set_default` finds a default in the columns at these indexes; a nullable column without one gets NULL.
#[track_caller]
pub const fn set_default(table: &TableDef, columns: &[usize]) {
    let mut i = 0;
    while i < columns.len() {
        let column = &table.columns[columns[i]];
        let given = column.default.is_some() || column.identity.is_some();
        if !column.nullable && !given {
            Message::new(code::SET_DEFAULT)
                .push("`set_default` has nothing to set ")
                .column(table, column.name)
                .push(" to: the column is NOT NULL and has no default\nhelp: add `default = …` to the field `")
                .push(column.field)
                .push("`, or use `cascade` or `restrict`")
                .fail()
        }
        i += 1;
    }
}
