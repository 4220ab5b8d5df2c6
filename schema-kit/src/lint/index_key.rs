//! Primary keys, unique constraints and indexes as one: each is an index in the end.

use schema_core::{
    def::Position,
    schema::{Deferrable, Expression, Index, IndexKey, Indexed, NullsOrder, SortOrder, Table},
};

use super::Subject;

/// An index, or the one that a key makes.
#[derive(Debug)]
pub(super) struct AnyIndex<'a> {
    /// Where it is declared.
    pub(super) position: Position,
    /// As messages call it: `` index `messages_author_id_idx` ``.
    pub(super) called: String,
    pub(super) kind: Kind,
    pub(super) unique: bool,
    nulls_not_distinct: bool,
    deferrable: Option<Deferrable>,
    pub(super) method: &'a str,
    pub(super) keys: Vec<IndexKey>,
    pub(super) include: &'a [String],
    pub(super) predicate: Option<&'a Expression>,
}

/// What makes an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    PrimaryKey,
    Unique,
    Index,
}

/// The indexes of a table: of its primary key, of its unique constraints, and its own.
pub(super) fn all<'a>(subject: &Subject<'a>) -> Vec<AnyIndex<'a>> {
    let Subject { def, table, .. } = subject;
    let primary_key = table.primary_key.iter().zip(&def.primary_key);
    let primary_key = primary_key.map(|(key, def)| AnyIndex {
        deferrable: key.deferrable,
        include: &key.include,
        ..of_key(Kind::PrimaryKey, &key.name, &key.columns, def.position)
    });
    let uniques = table.uniques.iter().zip(def.uniques);
    let uniques = uniques.map(|(key, def)| AnyIndex {
        deferrable: key.deferrable,
        include: &key.include,
        nulls_not_distinct: key.nulls_not_distinct,
        ..of_key(Kind::Unique, &key.name, &key.columns, def.position)
    });
    let indexes = table.indexes.iter().zip(def.indexes);
    let indexes = indexes.map(|(index, def)| of_index(index, def.position));
    primary_key.chain(uniques).chain(indexes).collect()
}

fn of_key<'a>(kind: Kind, name: &str, columns: &[String], position: Position) -> AnyIndex<'a> {
    let called = match kind {
        Kind::PrimaryKey => "primary key",
        Kind::Unique | Kind::Index => "unique constraint",
    };
    let columns = columns.iter().cloned().map(Indexed::Column);
    AnyIndex {
        position,
        called: format!("{called} `{name}`"),
        kind,
        unique: true,
        nulls_not_distinct: false,
        deferrable: None,
        method: "btree",
        keys: columns.map(IndexKey::new).collect(),
        include: &[],
        predicate: None,
    }
}

fn of_index(index: &Index, position: Position) -> AnyIndex<'_> {
    let called = if index.unique {
        "unique index"
    } else {
        "index"
    };
    AnyIndex {
        position,
        called: format!("{called} `{}`", index.name),
        kind: Kind::Index,
        unique: index.unique,
        nulls_not_distinct: index.nulls_not_distinct,
        deferrable: None,
        method: &index.method,
        keys: index.keys.clone(),
        include: &index.include,
        predicate: index.predicate.as_ref(),
    }
}

impl AnyIndex<'_> {
    /// The columns among its keys.
    pub(super) fn columns(&self) -> Vec<String> {
        let columns = self.keys.iter().filter_map(|key| match &key.key {
            Indexed::Column(name) => Some(name.clone()),
            Indexed::Expression(_) => None,
        });
        columns.collect()
    }

    /// Whether its keys begin with the keys of another, so that it serves every query the other does. A B-tree is read
    /// in both directions ([Indexes and ORDER BY](https://www.postgresql.org/docs/current/indexes-ordering.html)).
    pub(super) fn begins_like(&self, other: &Self) -> bool {
        let pairs = || self.keys.iter().zip(&other.keys);
        let included = |name: &String| self.include.contains(name) || self.columns().contains(name);
        self.keys.len() >= other.keys.len()
            && self.method == other.method
            && self.predicate == other.predicate
            && other.include.iter().all(included)
            && (pairs().all(|(one, other)| one == other)
                || self.method == "btree" && pairs().all(|(one, other)| *one == reversed(other)))
    }

    /// Whether it enforces what another does.
    pub(super) fn enforces(&self, other: &Self, table: &Table) -> bool {
        let nullable = |name: &String| table.column(name).is_none_or(|column| column.nullable);
        !other.unique
            || self.unique
                && (self.deferrable.is_none() || self.deferrable == other.deferrable)
                && (self.nulls_not_distinct == other.nulls_not_distinct
                    || other.columns().len() == other.keys.len()
                        && !other.columns().iter().any(nullable))
    }

    /// The columns among its keys that may be NULL, which it then takes for distinct from each other.
    pub(super) fn distinct_nulls(&self, table: &Table) -> Vec<String> {
        if !self.unique || self.nulls_not_distinct {
            return Vec::new();
        }
        let nullable = |name: &String| table.column(name).is_some_and(|column| column.nullable);
        let mut columns = self.columns();
        columns.retain(|name| nullable(name) && !self.excludes_null(name));
        columns
    }

    /// Whether its predicate says that a column is not NULL, as far as its text tells.
    pub(super) fn excludes_null(&self, column: &str) -> bool {
        let Some(predicate) = self.predicate else {
            return false;
        };
        let text = predicate
            .as_str()
            .to_ascii_lowercase()
            .replace(['"', '(', ')'], " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let column = column.to_ascii_lowercase();
        words
            .windows(4)
            .any(|four| four == [column.as_str(), "is", "not", "null"])
            && !words.contains(&"or")
    }
}

fn reversed(key: &IndexKey) -> IndexKey {
    IndexKey {
        order: match key.order {
            SortOrder::Asc => SortOrder::Desc,
            SortOrder::Desc => SortOrder::Asc,
        },
        nulls: match key.nulls {
            NullsOrder::First => NullsOrder::Last,
            NullsOrder::Last => NullsOrder::First,
        },
        ..key.clone()
    }
}
