//! Names that Rust and PostgreSQL take, many of them in the way of something.

use std::collections::BTreeSet;

use crate::{definitions, random::Random};

/// Structs: lower-case, of one letter, unicode, and called as what the generated code uses.
const IDENTS: &[&str] = &[
    "User",
    "Message",
    "t",
    "a",
    "T",
    "K",
    "Table",
    "Column",
    "größe",
    "日本",
    "account",
    "r#type",
    "__TABLE",
    "Def",
    "TableDef",
    "row",
    "Row",
    "FromRow",
    "Self_",
    "SCHEMA_",
    "core",
    "schema_core",
    "Id",
    "order",
    "group",
    "user",
    "select",
    "Some_",
    "Copy",
    "X9",
    "_private",
    "Params",
];

/// Fields: keywords of both languages, and the words of every attribute.
const FIELDS: &[&str] = &[
    "id",
    "name",
    "user_id",
    "a",
    "b",
    "c",
    "T",
    "r#type",
    "r#fn",
    "r#where",
    "order",
    "größe",
    "日本",
    "index",
    "unique",
    "columns",
    "references",
    "asc",
    "desc",
    "nulls_first",
    "sql",
    "using",
    "with",
    "include",
    "on_delete",
    "check",
    "default",
    "skip",
    "json",
    "primary_key",
    "deferrable",
    "collate",
    "nulls_not_distinct",
    "concurrently",
    "_x",
    "x1",
    "__table",
    "row",
    "self_",
    "text_ops",
    "range",
    "table",
    "column",
    "comment",
    "r#as",
    "to",
    "r#for",
    "exclude",
    "policy",
    "value",
    "i",
    "long_field_name_that_goes_on_and_on",
];

/// The names given so far.
#[derive(Debug, Default)]
pub struct Names {
    idents: BTreeSet<String>,
    tables: BTreeSet<(String, String)>,
    count: usize,
    /// Those of the table at hand, as fields and as columns.
    pub columns: BTreeSet<String>,
}

impl Names {
    /// A struct's name.
    pub fn ident(&mut self, random: &mut Random) -> String {
        loop {
            let ident = random.pick(IDENTS).to_owned();
            if self.idents.insert(ident.clone()) {
                return ident;
            }
        }
    }

    /// Whether a struct's name is its table's, as this knows without the rules of the case; takes the name if so.
    pub fn is_plain(&mut self, ident: &str) -> bool {
        ident.bytes().all(|byte| byte.is_ascii_lowercase())
            && ["public", "audit", "Other one"].iter().all(|namespace| {
                self.tables
                    .insert(((*namespace).to_owned(), ident.to_owned()))
            })
    }

    /// A table's name.
    pub fn table(&mut self, random: &mut Random, namespace: &str) -> String {
        loop {
            let name = random.pick(&definitions::names()).to_owned();
            if self.tables.insert((namespace.to_owned(), name.clone())) {
                return name;
            }
        }
    }

    /// A field of the table at hand.
    pub fn field(&mut self, random: &mut Random) -> String {
        loop {
            let field = random.pick(FIELDS);
            let plain = field.strip_prefix("r#").unwrap_or(field);
            if self.columns.insert(plain.to_owned()) {
                return field.to_owned();
            }
        }
    }

    /// A name for a field's column, where it gets one.
    pub fn column(&mut self, random: &mut Random, field: &str) -> Option<String> {
        let name = random.pick(&definitions::names()).to_owned();
        let gets = random.one_in(3) && name != field && self.columns.insert(name.clone());
        gets.then_some(name)
    }

    /// A name for a constraint, index or policy, where it gets one: none is given twice.
    pub fn object(&mut self, random: &mut Random) -> Option<String> {
        random.one_in(3).then(|| self.unique(random))
    }

    /// A name nothing else has.
    pub fn unique(&mut self, random: &mut Random) -> String {
        self.count += 1;
        let stem = random.pick(&definitions::names());
        let mut end = stem.len().min(58);
        while !stem.is_char_boundary(end) {
            end -= 1;
        }
        format!("{}~{}", &stem[..end], self.count)
    }
}
