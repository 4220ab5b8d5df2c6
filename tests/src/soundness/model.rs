//! What a generated schema says, in a form of its own: it becomes Rust source in [`super::source`] and SQL in
//! [`super::sql`], and neither goes through the code under test. Columns are named by position, so that a mutation of a
//! name stays one mistake.

use super::{
    beside::{Collation, Extension, Numbering, Sequence},
    kinds::Kind,
    objects::Object,
    partitions::Part as PartitionPart,
    queries::Query,
    types::Type,
    views::View,
};

/// Some tables and the static that lists them.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The types of their columns.
    pub types: Vec<Type>,
    /// The tables, which may reference each other in any direction.
    pub tables: Vec<Table>,
    /// The tables the static lists, in its order.
    pub listed: Vec<usize>,
    /// Views of the tables and of each other, all listed.
    pub views: Vec<View>,
    /// Whether the static lists views before tables.
    pub views_first: bool,
    /// `extensions = […]`.
    pub extensions: Vec<Extension>,
    /// `collations = […]`.
    pub collations: Vec<Collation>,
    /// `sequences = […]`.
    pub sequences: Vec<Sequence>,
    /// `objects = […]`.
    pub objects: Vec<Object>,
    /// Statements by `sql!`.
    pub queries: Vec<Query>,
}

/// A struct with `#[derive(Table)]`.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Table {
    /// The struct's name.
    pub ident: String,
    pub name: Option<String>,
    pub namespace: Option<String>,
    pub columns: Vec<Column>,
    /// Without one, the struct says `no_primary_key`.
    pub primary_key: Option<Key>,
    pub uniques: Vec<Key>,
    pub indexes: Vec<Index>,
    pub checks: Vec<Check>,
    pub exclusions: Vec<Exclusion>,
    pub foreign_keys: Vec<ForeignKey>,
    pub partition: Option<Partition>,
    pub row_security: bool,
    pub policies: Vec<Policy>,
    pub comment: Option<String>,
    pub renamed_from: Option<&'static str>,
    pub allow: Option<&'static str>,
    /// A field that is no column.
    pub skipped: Option<String>,
}

/// A field.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Column {
    /// As written, with a leading `r#` where it needs one.
    pub field: String,
    pub name: Option<String>,
    pub kind: &'static Kind,
    pub nullable: bool,
    /// As Rust writes it and as SQL does.
    pub default: Option<(String, String)>,
    pub generated: Option<Text>,
    /// `always` or `by_default`.
    pub identity: Option<&'static str>,
    /// Of the sequence behind `identity`.
    pub numbering: Numbering,
    pub collate: Option<&'static str>,
    pub storage: Option<&'static str>,
    pub compression: Option<&'static str>,
    pub renamed_from: Option<&'static str>,
    pub allow: Option<&'static str>,
    pub comment: Option<String>,
}

/// SQL text: its parts around the columns it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub Vec<Part>);

/// A part of SQL text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it is.
    Sql(String),
    /// A column of the table.
    Column(usize),
}

/// A primary key or unique constraint.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Key {
    pub columns: Vec<usize>,
    pub name: Option<String>,
    pub include: Vec<usize>,
    pub nulls_not_distinct: bool,
    /// `initially_deferred` or `initially_immediate`.
    pub deferrable: Option<&'static str>,
    /// Whether it stands on its only field.
    pub on_field: bool,
}

/// An index.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Index {
    pub keys: Vec<IndexKey>,
    pub unique: bool,
    pub name: Option<String>,
    pub using: Option<&'static str>,
    pub include: Vec<usize>,
    pub predicate: Option<Text>,
    pub fillfactor: Option<u32>,
    pub concurrently: bool,
    pub nulls_not_distinct: bool,
    pub on_field: bool,
}

/// A key of an index with the words behind it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct IndexKey {
    pub indexed: Indexed,
    /// `asc` or `desc`.
    pub order: Option<&'static str>,
    /// `nulls_first` or `nulls_last`.
    pub nulls: Option<&'static str>,
    pub class: Option<&'static str>,
    pub collate: Option<&'static str>,
}

/// What an index key is.
#[derive(Debug, Clone)]
pub enum Indexed {
    /// A column.
    Column(usize),
    /// An expression.
    Sql(Text),
}

/// A check.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Check {
    pub sql: Text,
    pub name: Option<String>,
    pub no_inherit: bool,
    pub not_valid: bool,
    /// The field it stands on.
    pub on_field: Option<usize>,
}

/// An exclusion constraint.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Exclusion {
    pub name: Option<String>,
    pub using: Option<&'static str>,
    /// Columns with their operators.
    pub elements: Vec<(usize, &'static str)>,
    pub include: Vec<usize>,
    pub fillfactor: Option<u32>,
    pub predicate: Option<Text>,
    pub deferrable: Option<&'static str>,
}

/// A foreign key.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct ForeignKey {
    pub columns: Vec<usize>,
    /// The referenced table.
    pub table: usize,
    /// The referenced columns; without any, its primary key.
    pub referenced: Vec<usize>,
    pub name: Option<String>,
    pub on_delete: Option<Action>,
    pub on_update: Option<Action>,
    pub match_full: bool,
    pub deferrable: Option<&'static str>,
    pub not_valid: bool,
    pub on_field: bool,
}

/// A referential action with the columns it names.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the word and the columns in its parentheses")]
pub struct Action {
    pub word: &'static str,
    pub columns: Vec<usize>,
}

/// `partition_by`.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the strategy and its keys")]
pub struct Partition {
    pub strategy: &'static str,
    pub keys: Vec<Indexed>,
    pub parts: Vec<PartitionPart>,
    /// `partitions = 4`.
    pub count: Option<u32>,
}

/// A row security policy.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the attribute word by its name")]
pub struct Policy {
    pub name: String,
    pub restrictive: bool,
    /// `all`, `select`, `insert`, `update` or `delete`.
    pub command: Option<&'static str>,
    pub roles: Vec<&'static str>,
    pub using: Option<Text>,
    pub with_check: Option<Text>,
}

impl Schema {
    /// The names of the extensions.
    #[must_use]
    pub fn extension_names(&self) -> Vec<&'static str> {
        self.extensions.iter().map(|it| it.name).collect()
    }

    /// The types that a column of a listed table has.
    #[must_use]
    pub fn listed_types(&self) -> Vec<&Type> {
        let is = |ty: &Type, rust: &str| rust == ty.ident || rust == format!("Vec<{}>", ty.ident);
        let tables = self.listed.iter().map(|table| &self.tables[*table]);
        let columns = tables.flat_map(|table| &table.columns);
        let mut needed: Vec<&str> = columns.map(|column| column.kind.rust).collect();
        // A type may be made of those before it.
        let mut listed = Vec::new();
        for ty in self.types.iter().rev() {
            if needed.iter().any(|rust| is(ty, rust)) {
                listed.push(ty);
                needed.extend(ty.parts());
            }
        }
        listed.reverse();
        listed
    }
}

impl Table {
    /// The table's name in the database.
    #[must_use]
    pub fn sql_name(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.ident.clone())
    }

    /// The columns a foreign key references in this table: those it names or the primary key.
    #[must_use]
    pub fn referenced(&self, key: &ForeignKey) -> Vec<usize> {
        match &self.primary_key {
            Some(primary_key) if key.referenced.is_empty() => primary_key.columns.clone(),
            _ => key.referenced.clone(),
        }
    }
}

impl Column {
    /// The column's name in the database.
    #[must_use]
    pub fn sql_name(&self) -> &str {
        match &self.name {
            Some(name) => name,
            None => self.field_name(),
        }
    }

    /// The field without `r#`.
    #[must_use]
    pub fn field_name(&self) -> &str {
        self.field.strip_prefix("r#").unwrap_or(&self.field)
    }
}

impl Text {
    /// Text around one column, which stands where `$` does.
    #[must_use]
    pub fn of(template: &str, columns: &[usize]) -> Self {
        let mut columns = columns.iter();
        let mut parts = Vec::new();
        for (at, text) in template.split('$').enumerate() {
            if at > 0 {
                parts.extend(columns.next().map(|column| Part::Column(*column)));
            }
            parts.push(Part::Sql(text.to_owned()));
        }
        Self(parts)
    }
}

impl IndexKey {
    /// A column in the usual order.
    #[must_use]
    pub const fn column(column: usize) -> Self {
        Self::new(Indexed::Column(column))
    }

    /// Anything in the usual order.
    #[must_use]
    pub const fn new(indexed: Indexed) -> Self {
        Self {
            indexed,
            order: None,
            nulls: None,
            class: None,
            collate: None,
        }
    }
}
