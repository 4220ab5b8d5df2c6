//! Schemas told in a line, for tests of what changes from one to the next: a binary cannot be compiled for each.

use schema_core::{
    def::{
        ColumnDef, ForeignKeyDef, IndexDef, IndexKeyDef, KeyDef, Location, SchemaDef, TableDef,
        TableEntry, TableName,
    },
    ty::TypeDef,
};

/// Reads `users: id, display_name<nick, note?; posts: id, title!, author@users+`: tables with their columns. `id` is the
/// primary key, a BIGINT; all others are TEXT. Behind a name, `?` makes a column nullable, `!` unique, `+` has an index, `@`
/// names the table it references, and `<` says what a table or column was called before.
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
    let columns: Vec<Column> = columns.split(',').map(Column::parse).collect();
    let marked = |mark: char| {
        let marked = columns.iter().filter(move |it| it.marks.contains(mark));
        marked.map(|it| it.name)
    };
    let indexes = marked('+').map(|name| IndexDef::new(vec![IndexKeyDef::column(name)].leak()));
    let indexes: Vec<IndexDef> = indexes.collect();
    let uniques: Vec<KeyDef> = marked('!')
        .map(|name| KeyDef::new(vec![name].leak()))
        .collect();
    let foreign_keys: Vec<ForeignKeyDef> = columns.iter().filter_map(Column::foreign_key).collect();
    let columns: Vec<ColumnDef> = columns.iter().map(Column::definition).collect();
    let table = TableDef {
        columns: columns.leak(),
        uniques: uniques.leak(),
        indexes: indexes.leak(),
        renamed_from: former,
        ..keyed(name)
    };
    TableEntry {
        table: leaked(table),
        foreign_keys: foreign_keys.leak(),
    }
}

/// A table with its primary key.
fn keyed(name: &'static str) -> TableDef {
    let name = TableName::new("public", name);
    TableDef {
        columns: vec![ColumnDef::with_type("id", "id", TypeDef::BigInt, false)].leak(),
        primary_key: Some(KeyDef::new(&["id"])),
        ..TableDef::new(name, Location::of("Evolving"))
    }
}

/// What is said of a column.
struct Column {
    name: &'static str,
    former: Option<&'static str>,
    referenced: Option<&'static str>,
    marks: String,
}

impl Column {
    fn parse(text: &str) -> Self {
        let is_mark = |it: char| "?!+".contains(it);
        let marks = text.chars().filter(|it| is_mark(*it)).collect();
        let text = text.replace(is_mark, "");
        let (text, referenced) = match text.split_once('@') {
            Some((text, table)) => (text, Some(kept(table))),
            None => (text.as_str(), None),
        };
        let (name, former) = names(text);
        Self {
            name,
            former,
            referenced,
            marks,
        }
    }

    fn definition(&self) -> ColumnDef {
        let is_number = self.name == "id" || self.referenced.is_some();
        let ty = match is_number {
            true => TypeDef::BigInt,
            false => TypeDef::Text,
        };
        ColumnDef {
            renamed_from: self.former,
            ..ColumnDef::with_type(self.name, self.name, ty, self.marks.contains('?'))
        }
    }

    fn foreign_key(&self) -> Option<ForeignKeyDef> {
        let referenced = leaked(keyed(self.referenced?));
        Some(ForeignKeyDef::new(
            vec![self.name].leak(),
            referenced,
            &["id"],
        ))
    }
}

fn names(text: &str) -> (&'static str, Option<&'static str>) {
    match text.split_once('<') {
        Some((name, former)) => (kept(name), Some(kept(former))),
        None => (kept(text), None),
    }
}

fn kept(text: &str) -> &'static str {
    leaked(text.trim().to_owned())
}

/// Definitions are static; those of a test live as long as its process.
fn leaked<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
