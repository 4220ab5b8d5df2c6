//! Sequences, and the options they share with identity columns.

use super::{TableDef, TableName};
use crate::ty::TypeDef;

/// A sequence ([`CREATE SEQUENCE`](https://www.postgresql.org/docs/current/sql-createsequence.html)).
#[derive(Debug, Clone, Copy)]
pub struct SequenceDef {
    /// The sequence's name.
    pub name: TableName,
    /// `AS`: `smallint`, `integer` or `bigint`.
    pub sql_type: TypeDef,
    /// What it counts.
    pub options: SequenceOptionsDef,
    /// `OWNED BY`: a listed table and one of its struct's fields.
    pub owned_by: Option<(&'static TableDef, &'static str)>,
    /// `COMMENT ON SEQUENCE`.
    pub comment: Option<&'static str>,
}

impl SequenceDef {
    /// A sequence of BIGINT with nothing else said of it.
    #[must_use]
    pub const fn new(name: TableName) -> Self {
        Self {
            name,
            sql_type: TypeDef::BigInt,
            options: SequenceOptionsDef::NONE,
            owned_by: None,
            comment: None,
        }
    }
}

/// The options of a sequence as they are written; what is left out is the server's to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SequenceOptionsDef {
    /// `START WITH`.
    pub start: Option<i64>,
    /// `INCREMENT BY`.
    pub increment: Option<i64>,
    /// `MINVALUE`.
    pub min: Option<i64>,
    /// `MAXVALUE`.
    pub max: Option<i64>,
    /// `CACHE`.
    pub cache: Option<i64>,
    /// `CYCLE`.
    pub cycle: bool,
}

impl SequenceOptionsDef {
    /// No option at all.
    pub const NONE: Self = Self {
        start: None,
        increment: None,
        min: None,
        max: None,
        cache: None,
        cycle: false,
    };

    /// Fills in what is left out, as the server does for a sequence of this integer type.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::def::SequenceOptionsDef;
    /// use schema_core::ty::TypeDef;
    ///
    /// let down = SequenceOptionsDef { increment: Some(-1), ..SequenceOptionsDef::NONE };
    /// let down = down.resolve(&TypeDef::SmallInt);
    /// assert_eq!((down.start, down.min, down.max), (-1, -32768, -1));
    /// ```
    #[must_use]
    pub const fn resolve(&self, ty: &TypeDef) -> SequenceOptions {
        let increment = or(self.increment, 1);
        let left_out = SequenceOptions::of(largest(ty), increment);
        let (min, max) = (or(self.min, left_out.min), or(self.max, left_out.max));
        SequenceOptions {
            start: or(self.start, if increment > 0 { min } else { max }),
            increment,
            min,
            max,
            cache: or(self.cache, 1),
            cycle: self.cycle,
        }
    }
}

/// The options of a sequence, every one with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SequenceOptions {
    /// `START WITH`.
    pub start: i64,
    /// `INCREMENT BY`.
    pub increment: i64,
    /// `MINVALUE`.
    pub min: i64,
    /// `MAXVALUE`.
    pub max: i64,
    /// `CACHE`.
    pub cache: i64,
    /// `CYCLE`.
    pub cycle: bool,
}

impl SequenceOptions {
    /// What the server chooses for an integer type whose largest value is given.
    #[must_use]
    pub const fn of(largest: i64, increment: i64) -> Self {
        let (min, max) = if increment > 0 {
            (1, largest)
        } else {
            (-largest - 1, -1)
        };
        Self {
            start: if increment > 0 { min } else { max },
            increment,
            min,
            max,
            cache: 1,
            cycle: false,
        }
    }
}

/// The largest value of an integer type; of any other, that of BIGINT.
pub(crate) const fn largest(ty: &TypeDef) -> i64 {
    match ty {
        TypeDef::SmallInt => i16::MAX as i64,
        TypeDef::Integer => i32::MAX as i64,
        _ => i64::MAX,
    }
}

const fn or(value: Option<i64>, default: i64) -> i64 {
    match value {
        Some(value) => value,
        None => default,
    }
}
