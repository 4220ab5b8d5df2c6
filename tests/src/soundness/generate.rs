//! Random schemas that are valid by construction.

mod keys;
mod names;
mod parts;

pub use names::Names;

use super::{
    beside::{self, Extension, Numbering, numbering},
    kinds::{Family, KINDS, Kind, Own},
    model::{Column, Schema, Table},
    partitions, queries,
    types::{self, Type},
    views,
};
use crate::random::Random;

/// Makes a schema of one to four tables, with what stands beside them.
#[must_use]
pub fn generate(random: &mut Random) -> Schema {
    let mut names = Names::default();
    let mut types: Vec<Type> = Vec::new();
    while types.len() < 3 && random.one_in(2) {
        let ty = types::generate(random, &mut names, &types);
        types.push(ty);
    }
    let count = 1 + random.below(4);
    let mut schema = Schema {
        tables: tables(random, &mut names, &types, count),
        types,
        listed: (0..count).collect(),
        views: Vec::new(),
        views_first: false,
        extensions: Vec::new(),
        collations: Vec::new(),
        sequences: Vec::new(),
        objects: Vec::new(),
        queries: Vec::new(),
    };
    for at in 0..count {
        schema.listed.swap(at, random.below(count));
    }
    beside::add(random, &mut names, &mut schema);
    views::add(random, &mut names, &mut schema);
    queries::add(random, &mut schema);
    if schema.has_citext() {
        schema.extensions.push(Extension::new(random, "citext"));
    }
    if random.one_in(8) {
        schema.extensions.push(Extension::new(random, "btree_gist"));
    }
    schema
}

/// Tables that may reference each other.
fn tables(random: &mut Random, names: &mut Names, types: &[Type], count: usize) -> Vec<Table> {
    let kinds: Vec<&'static Kind> = types.iter().flat_map(Type::kinds).collect();
    let mut tables: Vec<Table> = (0..count).map(|_| table(random, names, &kinds)).collect();
    for at in 0..tables.len() {
        for _ in 0..random.below(3) {
            keys::add_foreign_key(random, names, &mut tables, at);
        }
    }
    for table in &mut tables {
        parts::add_parts(random, names, table);
        partitions::add(random, names, table);
        if !keys::flag_is_clear(table) {
            for key in &mut table.uniques {
                key.nulls_not_distinct &= key.name.is_some();
            }
        }
    }
    tables
}

impl Schema {
    /// Whether a column has a type of the extension `citext`.
    #[must_use]
    pub fn has_citext(&self) -> bool {
        let mut columns = self.tables.iter().flat_map(|table| &table.columns);
        columns.any(|column| column.kind.sql == "citext")
    }
}

/// A table with columns, a primary key and unique constraints: what a foreign key can be about.
fn table(random: &mut Random, names: &mut Names, kinds: &[&'static Kind]) -> Table {
    let ident = names.ident(random);
    let namespace = random.pick(&[
        None,
        None,
        None,
        Some("public"),
        Some("audit"),
        Some("Other one"),
    ]);
    let name = (!names.is_plain(&ident) || random.one_in(3))
        .then(|| names.table(random, namespace.unwrap_or("public")));
    let mut table = Table {
        name,
        namespace: namespace.map(str::to_owned),
        comment: random
            .one_in(4)
            .then(|| "it's a \"table\"\nof {two} lines".to_owned()),
        renamed_from: random.one_in(12).then_some("its old \"name\""),
        allow: random.one_in(12).then_some("quoted_name"),
        ident,
        ..Table::default()
    };
    names.columns.clear();
    table.skipped = random.one_in(10).then(|| names.field(random));
    let count = 1 + random.below(6);
    for at in 0..count {
        let kind = if at == 0 && random.one_in(3) {
            id_kind(&table.ident)
        } else if !kinds.is_empty() && random.one_in(3) {
            random.pick(kinds)
        } else {
            &KINDS[random.below(KINDS.len())]
        };
        table.columns.push(column(random, names, kind));
    }
    keys::add_keys(random, names, &mut table);
    for at in 0..table.columns.len() {
        decorate(random, names, &mut table, at);
    }
    table
}

/// The kind of `Id<T>`; it lives as long as the process.
fn id_kind(ident: &str) -> &'static Kind {
    Box::leak(Box::new(Kind {
        rust: format!("::schema_core::Id<{ident}>").leak(),
        word: None,
        sql: "bigint",
        family: Family::Integer,
        defaults: &[("0", "0")],
        wrong_defaults: &[("9223372036854775808", "9223372036854775808")],
        own: Own::NONE,
    }))
}

/// A column that says nothing but its name and type.
fn column(random: &mut Random, names: &mut Names, kind: &'static Kind) -> Column {
    let field = names.field(random);
    let name = names.column(random, &field);
    Column {
        field,
        name,
        kind,
        nullable: random.one_in(2),
        default: None,
        generated: None,
        identity: None,
        numbering: Numbering::default(),
        collate: None,
        storage: None,
        compression: None,
        renamed_from: random.one_in(15).then_some("its old 'name'"),
        allow: random.one_in(15).then_some("char_type"),
        comment: random
            .one_in(6)
            .then(|| "the user's\n\\ \"own\"".to_owned()),
    }
}

/// What a column says besides.
fn decorate(random: &mut Random, names: &mut Names, table: &mut Table, at: usize) {
    let template = parts::generated(random, table, at);
    let column = &mut table.columns[at];
    let family = column.kind.family;
    if let Some(text) = template {
        column.generated = Some(text);
    } else if column.kind.is_integer() && !column.nullable && random.one_in(5) {
        column.identity = Some(random.pick(&["always", "by_default"]));
        if random.one_in(2) {
            column.numbering = numbering(random, column.kind.sql);
            column.numbering.name = names.object(random);
        }
    } else if !column.kind.defaults.is_empty() && random.one_in(3) {
        let (rust, sql) = random.pick(column.kind.defaults);
        column.default = Some((rust.to_owned(), sql.to_owned()));
    } else if random.one_in(12) {
        let sql = format!("null::{}", column.kind.sql);
        column.default = Some((format!("sql({sql:?})"), sql));
    }
    if family.is_collatable() && random.one_in(4) {
        column.collate = Some(random.pick(&["C", "POSIX"]));
    }
    if family.is_long() && random.one_in(5) {
        column.storage = Some(random.pick(&["plain", "external", "extended", "main"]));
    }
    if family.is_long() && random.one_in(5) {
        column.compression = Some(random.pick(&["pglz", "lz4"]));
    }
}
