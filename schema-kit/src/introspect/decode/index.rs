//! Indexes, those of constraints among them.

use std::collections::BTreeMap;

use schema_core::schema::{
    Collation, Index, IndexKey, Indexed, NullsOrder, ReplicaIdentity, SortOrder,
};

use super::{
    super::{
        IntrospectError,
        fetch::{Answers, Fields},
    },
    Class, Lookup, Tables, Unknown, expression, options,
    view::Views,
};
use crate::normalize::{enclosed_start, split_list};

/// Indexes by object identifier.
pub(super) type Indexes = BTreeMap<u32, Found>;

/// Indexes that partitions have for their tables', by object identifier.
pub(super) type AttachedIndexes = BTreeMap<u32, Attached>;

/// An index that a partition has for one of its table's.
#[derive(Debug)]
pub(super) struct Attached {
    pub(super) table: u32,
    /// The index of the table.
    pub(super) above: u32,
    pub(super) name: String,
}

/// An index and the table it is on.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) table: u32,
    pub(super) index: Index,
}

/// Reads the indexes of the tables and views, apart from them those that a partition has for its table's, and tells the tables
/// which of them they are clustered on or replicated by.
pub(super) fn indexes(
    answers: &Answers,
    lookup: &Lookup,
    (tables, views): (&mut Tables, &Views),
    unknown: &mut Unknown,
) -> Result<(Indexes, AttachedIndexes), IntrospectError> {
    let mut indexes = Indexes::new();
    let mut attached = AttachedIndexes::new();
    for mut fields in answers.indexes.rows() {
        let oid = fields.next()?;
        let on = fields.next()?;
        let name = match (tables.get(&on), views.get(&on)) {
            (Some(table), _) => table.name.render(),
            (None, Some(view)) => view.name.render(),
            (None, None) => continue,
        };
        let mut index = start(&mut fields)?;
        index.comment = lookup.comment(Class::Relation, oid, 0);
        let (is_clustered, is_replicated) = (fields.next()?, fields.next()?);
        match tables.get_mut(&on) {
            Some(table) => {
                if is_clustered {
                    table.clustered_on = Some(index.name.clone());
                }
                if is_replicated {
                    table.replica_identity = ReplicaIdentity::Index(index.name.clone());
                }
            }
            None if is_clustered => unknown.push("clustered index of view", name.clone()),
            None => {}
        }
        let keys = Keys {
            index: oid,
            table: on,
            lookup,
        };
        keys.read(&mut index, fields.clone())?;
        fields.skip(8);
        if let Some(tablespace) = fields.next::<Option<String>>()? {
            unknown.push("tablespace of index", format!("{name}: {tablespace}"));
        }
        fields.skip(2);
        match fields.next::<Option<u32>>()? {
            None => drop(indexes.insert(oid, Found { table: on, index })),
            Some(above) => {
                if index.comment.is_some() {
                    unknown.push("comment on index of partition", name);
                }
                let name = index.name;
                attached.insert(
                    oid,
                    Attached {
                        table: on,
                        above,
                        name,
                    },
                );
            }
        }
    }
    Ok((indexes, attached))
}

/// The facts that come before those that the table gets.
fn start(fields: &mut Fields<'_>) -> Result<Index, IntrospectError> {
    Ok(Index {
        name: fields.next()?,
        unique: fields.next()?,
        nulls_not_distinct: fields.next()?,
        invalid: !fields.next::<bool>()?,
        method: String::new(),
        keys: Vec::new(),
        include: Vec::new(),
        with: BTreeMap::new(),
        predicate: None,
        comment: None,
    })
}

struct Keys<'a> {
    index: u32,
    table: u32,
    lookup: &'a Lookup,
}

impl Keys<'_> {
    /// Reads the keys, and what stands behind them.
    fn read(&self, index: &mut Index, mut fields: Fields<'_>) -> Result<(), IntrospectError> {
        let count: usize = usize::try_from(fields.next::<i16>()?).unwrap_or_default();
        let numbers: Vec<i16> = fields.next()?;
        let classes: Vec<u32> = fields.next()?;
        let collations: Vec<u32> = fields.next()?;
        let flags: Vec<i16> = fields.next()?;
        index.method = fields.next()?;
        index.with = options(fields.next()?);
        index.predicate = fields.next::<Option<&str>>()?.map(expression);
        fields.skip(1);
        let texts: Option<Vec<&str>> = fields.next()?;
        let whole: Option<&str> = fields.next()?;
        let included = numbers.get(count..).unwrap_or_default();
        index.include = self.lookup.column_names(self.table, included);
        let written = whole.map_or_else(Vec::new, |whole| written_keys(whole, &index.method));
        for (at, number) in numbers.into_iter().take(count).enumerate() {
            let fact = |list: &[u32]| list.get(at).copied().unwrap_or_default();
            let flags = flags.get(at).copied().unwrap_or_default();
            let text = texts.as_ref().and_then(|texts| texts.get(at)).copied();
            let raw = RawKey {
                place: i16::try_from(at + 1).unwrap_or(i16::MAX),
                number,
                class: fact(&classes),
                collation: fact(&collations),
            };
            let key = match text {
                Some(text) if number == 0 => {
                    self.expression(&raw, text, written.get(at).copied().unwrap_or_default())
                }
                _ => match self.column(&raw) {
                    Some(key) => key,
                    None => return Err(fields.error(format!("`{}` lacks a key", index.name))),
                },
            };
            index.keys.push(with_order(key, flags));
        }
        Ok(())
    }

    fn column(&self, raw: &RawKey) -> Option<IndexKey> {
        let column = self.lookup.column(self.table, raw.number)?;
        let options = self.lookup.index_options(self.index, raw.place);
        let class = self.lookup.operator_class(raw.class, Some(column), options);
        Some(IndexKey {
            operator_class: class,
            collation: self.collation(raw, column.collation),
            ..IndexKey::new(Indexed::Column(column.name.clone()))
        })
    }

    /// Which collation and operator class an expression has by itself is known to the server alone: what it writes behind
    /// the expression is not the expression's own.
    fn expression(&self, raw: &RawKey, text: &str, written: &str) -> IndexKey {
        let mut behind = written.strip_prefix(text).unwrap_or_default();
        let mut key = IndexKey::new(Indexed::Expression(expression(text)));
        if let Some(named) = behind.strip_prefix(" COLLATE ") {
            key.collation = self.collation(raw, 0);
            let name = key.collation.as_ref().map(Collation::render);
            behind = name.map_or(named, |name| named.strip_prefix(&name).unwrap_or(named));
        }
        let options = self.lookup.index_options(self.index, raw.place);
        let class = self.lookup.named_operator_class(raw.class, &[]);
        let is_named = class.is_some_and(|class| {
            let rest = behind.strip_prefix(' ').unwrap_or_default();
            let rest = rest.strip_prefix(class.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(']))
        });
        if is_named {
            key.operator_class = self.lookup.named_operator_class(raw.class, options);
        }
        key
    }

    fn collation(&self, raw: &RawKey, usual: u32) -> Option<Collation> {
        if raw.collation == 0 {
            return None;
        }
        self.lookup.collation(raw.collation, usual)
    }
}

/// What the catalogs say of one key; the collation is zero where the type has none.
struct RawKey {
    /// The key's place in the index, from 1 on.
    place: i16,
    /// The column's number, or zero for an expression.
    number: i16,
    class: u32,
    collation: u32,
}

/// The bits are those of `indoption`: 1 is descending, 2 is nulls first.
fn with_order(key: IndexKey, flags: i16) -> IndexKey {
    IndexKey {
        order: if flags & 1 == 1 {
            SortOrder::Desc
        } else {
            SortOrder::Asc
        },
        nulls: if flags & 2 == 2 {
            NullsOrder::First
        } else {
            NullsOrder::Last
        },
        ..key
    }
}

/// The keys as `pg_get_indexdef` writes them, each with its collation, operator class and order.
fn written_keys<'t>(whole: &'t str, method: &str) -> Vec<&'t str> {
    let method = format!(" USING {} (", schema_core::ident::quote(method));
    let Some((_, keys)) = whole.split_once(&method) else {
        return Vec::new();
    };
    enclosed_start(keys).map_or(Vec::new(), |(keys, _)| split_list(keys))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_an_index_are_cut_where_the_server_separates_them() {
        let whole =
            "CREATE INDEX i ON t USING btree (lower(a, ','), ((b + 1)) DESC) WHERE (c IN (1, 2))";
        assert_eq!(
            written_keys(whole, "btree"),
            ["lower(a, ',')", "((b + 1)) DESC"]
        );
    }
}
