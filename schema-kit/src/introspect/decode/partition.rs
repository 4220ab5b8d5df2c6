//! Partitions: read as the tables they are, then put below what they are partitions of. What one has of its own, the model
//! has no place for.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{
    BoundValue, Column, Partition, PartitionBound, PartitionBy, ReplicaIdentity, Table,
};

use super::{Tables, Unknown, expression};
use crate::normalize::{enclosed_start, split_list};

/// Partitions by object identifier: what each is a partition of, and its bound.
pub(super) type Partitions = BTreeMap<u32, (u32, PartitionBound)>;

/// Takes the partitions out of the tables, and puts each below its table. One whose table is not read is not known.
pub(super) fn fold(tables: &mut Tables, partitions: Partitions, unknown: &mut Unknown) {
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
        unknown,
    };
    for root in roots {
        let Some(mut table) = fold.tables.remove(&root) else {
            continue;
        };
        if let Some(mut by) = table.partition_by.take() {
            fold.fill(root, &table, &mut by);
            table.partition_by = Some(by);
        }
        fold.tables.insert(root, table);
    }
}

struct Fold<'a> {
    /// The partitions of each table, with their bounds.
    children: BTreeMap<u32, Vec<(u32, PartitionBound)>>,
    tables: &'a mut Tables,
    unknown: &'a mut Unknown,
}

impl Fold<'_> {
    /// Partitions nest no deeper than their keys do, which is as deep as somebody wrote them.
    fn fill(&mut self, parent: u32, above: &Table, by: &mut PartitionBy) {
        for (oid, bound) in self.children.remove(&parent).unwrap_or_default() {
            let Some(mut table) = self.tables.remove(&oid) else {
                continue;
            };
            report_own(above, &table, self.unknown);
            let mut nested = table.partition_by.take();
            if let Some(nested) = &mut nested {
                self.fill(oid, above, nested);
            }
            by.partitions.push(Partition {
                comment: table.comment,
                partition_by: nested,
                ..Partition::new(table.name, bound)
            });
        }
    }
}

/// Lists what a partition has otherwise than its table.
fn report_own(above: &Table, partition: &Table, unknown: &mut Unknown) {
    let name = partition.name.render();
    let facts = [
        ("unlogged partition", partition.unlogged),
        (
            "storage parameters of partition",
            !partition.with.is_empty(),
        ),
        (
            "replica identity of partition",
            partition.replica_identity != ReplicaIdentity::Default,
        ),
        (
            "clustered index of partition",
            partition.clustered_on.is_some(),
        ),
        (
            "row security of partition",
            partition.row_level_security || partition.force_row_level_security,
        ),
        ("primary key of partition", partition.primary_key.is_some()),
    ];
    for (kind, _) in facts.iter().filter(|(_, is_own)| *is_own) {
        unknown.push(*kind, name.clone());
    }
    let mut parts = |kind: &str, names: Vec<&String>| {
        for part in names {
            unknown.push_part(kind, partition, part);
        }
    };
    let checks = partition.checks.iter().map(|it| &it.name);
    let uniques = partition.uniques.iter().map(|it| &it.name);
    let exclusions = partition.exclusions.iter().map(|it| &it.name);
    let foreign_keys = partition.foreign_keys.iter().map(|it| &it.name);
    let constraints = checks.chain(uniques).chain(exclusions).chain(foreign_keys);
    parts("constraint of partition", constraints.collect());
    let indexes = partition.indexes.iter().map(|it| &it.name);
    parts("index of partition", indexes.collect());
    let policies = partition.policies.iter().map(|it| &it.name);
    parts("policy of partition", policies.collect());
    let columns = partition.columns.iter();
    let columns = columns.filter(|column| is_own(above, column));
    parts(
        "column of partition",
        columns.map(|column| &column.name).collect(),
    );
}

/// Whether a column says more than that of the table above. Identity is the table's alone until PostgreSQL 17.
fn is_own(above: &Table, column: &Column) -> bool {
    let Some(from) = above.column(&column.name) else {
        return true;
    };
    let derived = Column {
        identity: column.identity.clone(),
        inherited: column.inherited,
        comment: None,
        statistics: None,
        options: BTreeMap::new(),
        ..from.clone()
    };
    derived != *column
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
