//! How a table is partitioned, and its partitions.

use std::collections::BTreeMap;

use super::{Column, Expression, IndexKey, PartitionStrategy, QualifiedName, Table};

/// How a partitioned table is divided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartitionBy {
    /// How rows are told apart.
    pub strategy: PartitionStrategy,
    /// The partition key; order and nulls mean nothing here.
    pub keys: Vec<IndexKey>,
    /// The partitions.
    pub partitions: Vec<Partition>,
}

impl PartitionBy {
    /// Every partition with the table or partition it is one of, each before those it is divided into.
    #[must_use]
    pub fn walk<'p>(
        &'p self,
        parent: &'p QualifiedName,
    ) -> Vec<(&'p QualifiedName, &'p Partition)> {
        let mut found = Vec::new();
        for partition in &self.partitions {
            found.push((parent, partition));
            if let Some(by) = &partition.table.partition_by {
                found.extend(by.walk(&partition.table.name));
            }
        }
        found
    }
}

/// A partition ([`CREATE TABLE … PARTITION OF`](https://www.postgresql.org/docs/current/sql-createtable.html)).
///
/// It has the columns, constraints and indexes of the table it is a partition of; those that need a name of their own
/// get it from the server. So nothing of them stands here but what the partition says otherwise.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{BoundValue, Expression, Partition, PartitionBound, QualifiedName};
///
/// let partition = Partition::new(
///     QualifiedName::new("public", "messages_2026"),
///     PartitionBound::Range {
///         from: vec![BoundValue::Value(Expression::new("'2026-01-01'"))],
///         to: vec![BoundValue::MaxValue],
///     },
/// );
/// assert_eq!(
///     ddl::create_partition(&QualifiedName::new("public", "messages"), &partition),
///     "CREATE TABLE messages_2026 PARTITION OF messages\n    FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Partition {
    /// The partition as a table, with what it has of its own: the columns are those that say something else than the
    /// table's, constraints, indexes and policies those that the table does not have.
    pub table: Table,
    /// The rows it holds.
    pub bound: PartitionBound,
    /// What its indexes are called that it has for one of its table's: by that one's name, where the server would have
    /// chosen another name.
    pub index_names: BTreeMap<String, String>,
}

impl Partition {
    /// A partition with nothing else said of it.
    #[must_use]
    pub fn new(name: QualifiedName, bound: PartitionBound) -> Self {
        Self {
            table: Table::new(name),
            bound,
            index_names: BTreeMap::new(),
        }
    }

    /// The columns it has, given those of the table it is a partition of: each as that one's, but for what the partition
    /// says otherwise.
    #[must_use]
    pub fn all_columns(&self, above: &[Column]) -> Vec<Column> {
        let columns = above.iter().map(|column| {
            let own = self.table.column(&column.name);
            own.cloned().unwrap_or_else(|| column.taken_over())
        });
        columns.collect()
    }
}

/// The rows a partition holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartitionBound {
    /// `FROM (…) TO (…)`: one value per key, the upper ones not among the partition's.
    Range {
        /// From these on.
        from: Vec<BoundValue>,
        /// Up to these.
        to: Vec<BoundValue>,
    },
    /// `IN (…)`, each value once. NULL is an expression like any other.
    List(Vec<Expression>),
    /// `WITH (MODULUS …, REMAINDER …)`.
    Hash {
        /// By what the hash of a key is divided.
        modulus: u32,
        /// What is left of it.
        remainder: u32,
    },
    /// `DEFAULT`: what no other partition holds.
    Default,
}

/// A value in the bound of a range.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoundValue {
    /// `MINVALUE`: below every value.
    MinValue,
    /// `MAXVALUE`: above every value.
    MaxValue,
    /// A value.
    Value(Expression),
}
