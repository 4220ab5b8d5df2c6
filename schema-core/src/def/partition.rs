//! How a table is partitioned, and its partitions.

use super::{DefaultDef, IndexKeyDef, TableName};

/// `PARTITION BY`, and the partitions that are declared.
#[derive(Debug, Clone, Copy)]
pub struct PartitionByDef {
    /// How rows are told apart.
    pub strategy: PartitionStrategy,
    /// The partition key.
    pub keys: &'static [IndexKeyDef],
    /// The partitions, in the order they were declared. There may be others, made while the application runs.
    pub partitions: &'static [PartitionDef],
}

impl PartitionByDef {
    /// A partition key without partitions.
    #[must_use]
    pub const fn new(strategy: PartitionStrategy, keys: &'static [IndexKeyDef]) -> Self {
        Self {
            strategy,
            keys,
            partitions: &[],
        }
    }
}

/// How a partitioned table tells its rows apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartitionStrategy {
    /// `RANGE`.
    Range,
    /// `LIST`.
    List,
    /// `HASH`.
    Hash,
}

/// A partition ([`CREATE TABLE … PARTITION OF`](https://www.postgresql.org/docs/current/sql-createtable.html)).
#[derive(Debug, Clone, Copy)]
pub struct PartitionDef {
    /// Its name.
    pub name: TableName,
    /// The rows it holds.
    pub bound: PartitionBoundDef,
    /// `COMMENT ON TABLE`.
    pub comment: Option<&'static str>,
    /// `PARTITION BY`, where it is divided further.
    pub partition_by: Option<PartitionByDef>,
}

impl PartitionDef {
    /// A partition with nothing else said of it.
    #[must_use]
    pub const fn new(name: TableName, bound: PartitionBoundDef) -> Self {
        Self {
            name,
            bound,
            comment: None,
            partition_by: None,
        }
    }
}

/// The rows a partition holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PartitionBoundDef {
    /// `FROM (…) TO (…)`: one value per key, the upper ones not among the partition's.
    Range {
        /// From these on.
        from: &'static [BoundValueDef],
        /// Up to these.
        to: &'static [BoundValueDef],
    },
    /// `IN (…)`.
    List(&'static [BoundValueDef]),
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

/// A value in a partition's bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BoundValueDef {
    /// `MINVALUE`: below every value.
    MinValue,
    /// `MAXVALUE`: above every value.
    MaxValue,
    /// `NULL`, in a list.
    Null,
    /// A literal, or an expression without columns.
    Value(DefaultDef),
}
