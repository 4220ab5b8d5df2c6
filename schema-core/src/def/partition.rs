//! How a table is partitioned.

use super::IndexKeyDef;

/// `PARTITION BY`.
#[derive(Debug, Clone, Copy)]
pub struct PartitionDef {
    /// How rows are told apart.
    pub strategy: PartitionStrategy,
    /// The partition key.
    pub keys: &'static [IndexKeyDef],
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
