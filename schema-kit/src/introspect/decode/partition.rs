//! Partitions: read as the tables they are, then put below what they are partitions of, with what they have of their own.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{BoundValue, Column, Partition, PartitionBound, PartitionBy, Table};

use super::{
    Tables, Unknown, expression,
    index::{AttachedIndexes, Indexes},
};
use crate::normalize::{enclosed_start, split_list};

/// Partitions by object identifier: what each is a partition of, and its bound.
pub(super) type Partitions = BTreeMap<u32, (u32, PartitionBound)>;

/// What the indexes are called that a partition has for those above it, by the partition's object identifier and the name
/// of the one that is nobody's above.
pub(super) type IndexNames = BTreeMap<u32, BTreeMap<String, String>>;

/// Finds for each index of a partition that is there for another one the topmost of those.
pub(super) fn index_names(indexes: &Indexes, attached: &AttachedIndexes) -> IndexNames {
    let mut names = IndexNames::new();
    for found in attached.values() {
        let mut above = found.above;
        while let Some(next) = attached.get(&above) {
            above = next.above;
        }
        if let Some(top) = indexes.get(&above) {
            let names = names.entry(found.table).or_default();
            names.insert(top.index.name.clone(), found.name.clone());
        }
    }
    names
}

/// Takes the partitions out of the tables, and puts each below its table. One whose table is not read is not known.
pub(super) fn fold(
    tables: &mut Tables,
    partitions: Partitions,
    index_names: IndexNames,
    unknown: &mut Unknown,
) {
    let mut children: BTreeMap<u32, Vec<(u32, PartitionBound)>> = BTreeMap::new();
    for (oid, (parent, bound)) in partitions {
        if tables.contains_key(&parent) {
            children.entry(parent).or_default().push((oid, bound));
        } else if let Some(table) = tables.remove(&oid) {
            unknown.push("partition of a table elsewhere", table.name.render());
        }
    }
    let below: BTreeSet<u32> = children.values().flatten().map(|(oid, _)| *oid).collect();
    let roots = children.keys().copied();
    let roots: Vec<u32> = roots.filter(|oid| !below.contains(oid)).collect();
    let mut fold = Fold {
        children,
        tables,
        index_names,
    };
    for root in roots {
        let Some(mut table) = fold.tables.remove(&root) else {
            continue;
        };
        if let Some(mut by) = table.partition_by.take() {
            fold.fill(root, &[&table], &mut by);
            table.partition_by = Some(by);
        }
        fold.tables.insert(root, table);
    }
}

struct Fold<'a> {
    /// The partitions of each table, with their bounds.
    children: BTreeMap<u32, Vec<(u32, PartitionBound)>>,
    tables: &'a mut Tables,
    index_names: IndexNames,
}

impl Fold<'_> {
    /// Partitions nest no deeper than their keys do, which is as deep as somebody wrote them. The tables above come from the
    /// nearest one on, with all their columns.
    fn fill(&mut self, parent: u32, above: &[&Table], by: &mut PartitionBy) {
        for (oid, bound) in self.children.remove(&parent).unwrap_or_default() {
            let Some(mut table) = self.tables.remove(&oid) else {
                continue;
            };
            let mut nested = table.partition_by.take();
            if let Some(nested) = &mut nested {
                let mut above = above.to_vec();
                above.insert(0, &table);
                self.fill(oid, &above, nested);
            }
            table.partition_by = nested;
            let names = self.index_names.remove(&oid).unwrap_or_default();
            let index_names = own_names(&table, above, names);
            if let Some(nearest) = above.first() {
                table.columns.iter_mut().for_each(take_over);
                table.columns.retain(|column| is_own(nearest, column));
            }
            by.partitions.push(Partition {
                table,
                bound,
                index_names,
            });
        }
    }
}

/// The names that the server would not have chosen, and all of those for an index that not all partitions have.
fn own_names(
    partition: &Table,
    above: &[&Table],
    names: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let mut chosen = BTreeMap::new();
    let mut partial = BTreeSet::new();
    for table in above {
        chosen.extend(table.index_names_in(&partition.name));
        let invalid = table.indexes.iter().filter(|index| index.invalid);
        partial.extend(invalid.map(|index| index.name.as_str()));
    }
    let is_chosen = |index: &String, name: &String| {
        let rest = chosen
            .get(index)
            .and_then(|chosen| name.strip_prefix(chosen));
        // It is numbered where another has its name.
        rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let names = names.into_iter();
    names
        .filter(|(index, name)| partial.contains(index.as_str()) || !is_chosen(index, name))
        .collect()
}

/// Identity is the table's alone until PostgreSQL 17, and counts by the table's sequence from there on.
fn take_over(column: &mut Column) {
    column.identity = None;
    column.inherited = true;
}

/// Whether a column says more than that of the table above.
fn is_own(above: &Table, column: &Column) -> bool {
    let from = above.column(&column.name);
    from.is_none_or(|from| from.taken_over() != *column)
}

/// Reads a bound as the server writes it: `FOR VALUES FROM ('a') TO (MAXVALUE)`.
pub(super) fn bound(sql: &str) -> Option<PartitionBound> {
    if sql == "DEFAULT" {
        return Some(PartitionBound::Default);
    }
    let values = sql.strip_prefix("FOR VALUES ")?;
    if let Some(list) = values.strip_prefix("IN (") {
        let (list, _) = enclosed_start(list)?;
        let values = split_list(list).into_iter();
        return Some(PartitionBound::List(values.map(expression).collect()));
    }
    if let Some(list) = values.strip_prefix("WITH (") {
        let (modulus, remainder) = enclosed_start(list)?.0.split_once(", ")?;
        return Some(PartitionBound::Hash {
            modulus: modulus.strip_prefix("modulus ")?.parse().ok()?,
            remainder: remainder.strip_prefix("remainder ")?.parse().ok()?,
        });
    }
    let (from, rest) = enclosed_start(values.strip_prefix("FROM (")?)?;
    let (to, _) = enclosed_start(rest.strip_prefix(" TO (")?)?;
    let values = |list| split_list(list).into_iter().map(bound_value).collect();
    Some(PartitionBound::Range {
        from: values(from),
        to: values(to),
    })
}

fn bound_value(sql: &str) -> BoundValue {
    match sql {
        "MINVALUE" => BoundValue::MinValue,
        "MAXVALUE" => BoundValue::MaxValue,
        sql => BoundValue::Value(expression(sql)),
    }
}

#[cfg(test)]
mod tests {
    use schema_core::schema::Expression;

    use super::*;

    #[test]
    fn a_bound_is_read_as_the_server_writes_it() {
        let value = |sql| BoundValue::Value(Expression::new(sql));
        let range = PartitionBound::Range {
            from: vec![value("'a)'"), BoundValue::MinValue],
            to: vec![value("'b, c'"), BoundValue::MaxValue],
        };
        let text = "FOR VALUES FROM ('a)', MINVALUE) TO ('b, c', MAXVALUE)";
        assert_eq!(bound(text), Some(range));
        let list = ["'x'", "NULL"].map(Expression::new).into();
        let text = "FOR VALUES IN ('x', NULL)";
        assert_eq!(bound(text), Some(PartitionBound::List(list)));
        let hash = PartitionBound::Hash {
            modulus: 4,
            remainder: 3,
        };
        let text = "FOR VALUES WITH (modulus 4, remainder 3)";
        assert_eq!(bound(text), Some(hash));
        assert_eq!(bound("DEFAULT"), Some(PartitionBound::Default));
        assert_eq!(bound("FOR VALUES NEAR (1)"), None);
    }
}
