//! What objects known as SQL text name.

use super::{code, message::Message, schema::Relations};
use crate::{
    def::{SchemaDef, TableDef},
    ident::keyword::is_name,
};

/// Checks that the word an object is called by, which stands without quotes, is no keyword that the server takes for
/// something else ([SQL Key Words](https://www.postgresql.org/docs/18/sql-keywords-appendix.html)).
#[track_caller]
pub const fn object_name(kind: &str, word: &str, of_function: bool) {
    if !is_name(word, of_function) {
        Message::new(code::OBJECT_KEYWORD)
            .text(&["this `CREATE ", kind, "` is called `", word])
            .text(&[
                "`, a keyword that PostgreSQL takes for no name\nhelp: write \"",
                word,
            ])
            .push("\" in double quotes, or choose another name")
            .fail()
    }
}

/// Checks that a table or view an object names is listed.
#[track_caller]
pub const fn object_table<const N: usize>(
    schema: &SchemaDef,
    relations: &Relations<N>,
    table: &TableDef,
) {
    if !table.columns.is_empty() && relations.listed(&table.name).is_none() {
        Message::new(code::OBJECT_TABLE_NOT_LISTED)
            .push("this object names `")
            .table(&table.name)
            .text(&["`, which schema `", schema.name, "` does not list"])
            .text(&["\nhelp: add `", table.location.rust_name, "` to the list"])
            .fail()
    }
}
