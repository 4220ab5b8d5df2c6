//! Schemas told in a line, for tests of what changes from one to the next: a binary cannot be compiled for each.

use schema_core::{
    def::{ColumnDef, KeyDef, Location, SchemaDef, TableDef, TableEntry, TableName},
    ty::TypeDef,
};

/// Reads `users: id, display_name<nick, note?; posts: id`: tables with their columns. `id` is the primary key, a BIGINT;
/// all others are TEXT. `?` makes a column nullable, and `<` says what a table or column was called before.
///
/// # Panics
/// When the text is not of that form.
#[must_use]
pub fn schema(text: &str) -> &'static SchemaDef {
    let tables = text.split(';').map(str::trim).filter(|it| !it.is_empty());
    let tables: Vec<TableEntry> = tables.map(table).collect();
    leaked(SchemaDef {
        tables: tables.leak(),
        ..SchemaDef::new("EVOLVING")
    })
}

fn table(text: &str) -> TableEntry {
    let (name, columns) = text.split_once(':').expect("a table has columns");
    let (name, former) = names(name);
    let columns: Vec<ColumnDef> = columns.split(',').map(column).collect();
    let table = TableDef {
        columns: columns.leak(),
        primary_key: Some(KeyDef::new(&["id"])),
        renamed_from: former,
        ..TableDef::new(
            TableName {
                namespace: "public",
                name,
            },
            Location::of("Evolving"),
        )
    };
    TableEntry {
        table: leaked(table),
        foreign_keys: &[],
    }
}

fn column(text: &str) -> ColumnDef {
    let (text, nullable) = match text.trim().strip_suffix('?') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (name, former) = names(text);
    let ty = if name == "id" {
        TypeDef::BigInt
    } else {
        TypeDef::Text
    };
    ColumnDef {
        renamed_from: former,
        ..ColumnDef::with_type(name, name, ty, nullable)
    }
}

fn names(text: &str) -> (&'static str, Option<&'static str>) {
    let kept = |text: &str| &*leaked(text.trim().to_owned());
    match text.split_once('<') {
        Some((name, former)) => (kept(name), Some(kept(former))),
        None => (kept(text), None),
    }
}

/// Definitions are static; those of a test live as long as its process.
fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
