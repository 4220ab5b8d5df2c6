//! A statement's text as a constant: the user's text with the database's names, always quoted.

pub use crate::def::QueryPart as Part;
use crate::{
    def::{TableDef, TableName},
    verify::column_of_field,
};

/// The length of the whole text in bytes.
#[must_use]
pub const fn len(parts: &[Part]) -> usize {
    write(parts, &mut [])
}

/// The whole text, which has `N` bytes.
#[must_use]
pub const fn render<const N: usize>(parts: &[Part]) -> [u8; N] {
    let mut out = [0; N];
    write(parts, &mut out);
    out
}

/// The text in the bytes [`render`] gave.
#[must_use]
pub const fn text(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("a statement's text is made of whole texts"),
    }
}

/// The database's name of a field's column, empty where there is none: that has its error elsewhere.
#[must_use]
pub const fn column_name(table: &TableDef, field: &str) -> &'static str {
    match column_of_field(table, field) {
        Some(column) => column.name,
        None => "",
    }
}

/// The name of a table or view. A function's result lives as long as the static it is written in; a part of what a
/// constant refers to does not.
#[must_use]
pub const fn relation_name(relation: &TableDef) -> TableName {
    relation.name
}

/// Writes as much as there is place for, and says how much there is.
const fn write(parts: &[Part], out: &mut [u8]) -> usize {
    let (mut at, mut i) = (0, 0);
    while i < parts.len() {
        at = match &parts[i] {
            Part::Text(text) => raw(out, at, text),
            Part::Name(name) => quoted(out, at, name),
            Part::Table(table) => {
                let at = quoted(out, at, table.namespace);
                let at = byte(out, at, b'.');
                quoted(out, at, table.name)
            }
            Part::Column(table, field) => quoted(out, at, column_name(table, field)),
        };
        i += 1;
    }
    at
}

const fn byte(out: &mut [u8], at: usize, byte: u8) -> usize {
    if at < out.len() {
        out[at] = byte;
    }
    at + 1
}

const fn raw(out: &mut [u8], mut at: usize, text: &str) -> usize {
    let (bytes, mut i) = (text.as_bytes(), 0);
    while i < bytes.len() {
        at = byte(out, at, bytes[i]);
        i += 1;
    }
    at
}

/// Between double quotes, those inside doubled
/// ([Identifiers](https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS)).
const fn quoted(out: &mut [u8], at: usize, name: &str) -> usize {
    let (bytes, mut i) = (name.as_bytes(), 0);
    let mut at = byte(out, at, b'"');
    while i < bytes.len() {
        if bytes[i] == b'"' {
            at = byte(out, at, b'"');
        }
        at = byte(out, at, bytes[i]);
        i += 1;
    }
    byte(out, at, b'"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::def::TableName;

    #[test]
    fn names_are_quoted_and_text_is_left_alone() {
        const TABLE: TableName = TableName::new("audit", "we\"ird");
        const PARTS: &[Part] = &[
            Part::Text("delete from "),
            Part::Table(TABLE),
            Part::Text(" as "),
            Part::Name("Ä"),
        ];
        const LEN: usize = len(PARTS);
        const BYTES: [u8; LEN] = render(PARTS);
        assert_eq!(text(&BYTES), r#"delete from "audit"."we""ird" as "Ä""#);
    }
}
