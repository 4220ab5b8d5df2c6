//! How a table is partitioned, and its partitions.

use proc_macro2::Span;

use super::{Default, IndexKey, Spanned};

/// `partition_by = …`.
#[derive(Debug)]
pub(crate) struct PartitionBy {
    /// A variant of `def::PartitionStrategy`.
    pub(crate) strategy: &'static str,
    pub(crate) keys: Vec<IndexKey>,
    pub(crate) span: Span,
}

/// `partition(…)`.
#[derive(Debug)]
pub(crate) struct Partition {
    /// The word it was declared with.
    pub(crate) span: Span,
    pub(crate) name: Spanned<String>,
    /// Where it is not its table's.
    pub(crate) namespace: Option<Spanned<String>>,
    /// Missing only after an error.
    pub(crate) bound: Option<Spanned<Bound>>,
    pub(crate) comment: Option<String>,
    pub(crate) partition_by: Option<PartitionBy>,
    pub(crate) partitions: Vec<Partition>,
}

/// The rows a partition holds.
#[derive(Debug)]
pub(crate) enum Bound {
    Range {
        from: Vec<Spanned<BoundValue>>,
        to: Vec<Spanned<BoundValue>>,
    },
    List(Vec<Spanned<BoundValue>>),
    Hash {
        modulus: u32,
        remainder: u32,
    },
    Default,
}

/// A value in a bound.
#[derive(Debug)]
pub(crate) enum BoundValue {
    MinValue,
    MaxValue,
    Null,
    Value(Default),
}
