//! Range columns: [`Range<T>`].

use std::ops::Bound;

use bytes::BytesMut;
use postgres_protocol::types::{
    Range as RawRange, RangeBound, empty_range_to_sql, range_from_sql, range_to_sql,
};
use postgres_types::{FromSql, IsNull, Kind, ToSql, Type, WasNull, to_sql_checked};

use crate::ty::{ColumnType, ReadError, TypeDef};

/// A range of values ([Range Types](https://www.postgresql.org/docs/current/rangetypes.html)).
///
/// The server rewrites ranges of integers and dates to `[lower, upper)`, so `1..=3` is read back as `1..4`, and as
/// [`Empty`](Self::Empty) where nothing lies between the bounds.
///
/// # Examples
///
/// ```
/// use schema_core::range::Range;
///
/// let shift = Range::from(9..17);
/// assert!(shift.contains(&9) && !shift.contains(&17));
/// assert!(Range::from(9..).contains(&i32::MAX));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Range<T> {
    /// No value at all.
    Empty,
    /// The values between a lower and an upper bound.
    Between(Bound<T>, Bound<T>),
}

impl<T: PartialOrd> Range<T> {
    /// Whether the value lies in the range.
    #[must_use]
    pub fn contains(&self, value: &T) -> bool {
        match self {
            Self::Empty => false,
            Self::Between(lower, upper) => {
                std::ops::RangeBounds::contains(&(lower.as_ref(), upper.as_ref()), value)
            }
        }
    }
}

macro_rules! from_std {
    ($($std:ident),+) => {
        $(impl<T: Clone> From<std::ops::$std<T>> for Range<T> {
            fn from(range: std::ops::$std<T>) -> Self {
                use std::ops::RangeBounds as _;
                Self::Between(range.start_bound().cloned(), range.end_bound().cloned())
            }
        })+
    };
}

from_std!(Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive);

/// A type PostgreSQL has ranges of.
#[diagnostic::on_unimplemented(
    message = "[T0515] PostgreSQL has no ranges of `{Self}`",
    note = "it has ranges of i32, i64, rust_decimal::Decimal, timestamps and dates"
)]
pub trait RangeBoundType: ColumnType {
    /// The SQL type of its ranges.
    const RANGE_TYPE: TypeDef;
}

macro_rules! range_types {
    ($($(#[$meta:meta])* $rust:ty => $sql:ident;)+) => {
        $($(#[$meta])* impl RangeBoundType for $rust {
            const RANGE_TYPE: TypeDef = TypeDef::$sql;
        })+
    };
}

range_types! {
    i32 => Int4Range;
    i64 => Int8Range;
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal => NumRange;
    #[cfg(feature = "jiff")]
    jiff::Timestamp => TstzRange;
    #[cfg(feature = "jiff")]
    jiff::civil::DateTime => TsRange;
    #[cfg(feature = "jiff")]
    jiff::civil::Date => DateRange;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::Utc> => TstzRange;
    #[cfg(feature = "chrono")]
    chrono::NaiveDateTime => TsRange;
    #[cfg(feature = "chrono")]
    chrono::NaiveDate => DateRange;
    #[cfg(feature = "time")]
    time::OffsetDateTime => TstzRange;
    #[cfg(feature = "time")]
    time::PrimitiveDateTime => TsRange;
    #[cfg(feature = "time")]
    time::Date => DateRange;
}

impl<T: RangeBoundType> ColumnType for Range<T> {
    const SQL_TYPES: &'static [TypeDef] = &[T::RANGE_TYPE];
}

impl<'a, T: ColumnType> FromSql<'a> for Range<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, ReadError> {
        let Kind::Range(element) = ty.kind() else {
            return Err(format!("{ty} is no range type").into());
        };
        Ok(match range_from_sql(raw)? {
            RawRange::Empty => Self::Empty,
            RawRange::Nonempty(lower, upper) => {
                Self::Between(read_bound(element, lower)?, read_bound(element, upper)?)
            }
        })
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(element) if <T as FromSql>::accepts(element))
    }
}

fn read_bound<T: ColumnType>(
    ty: &Type,
    bound: RangeBound<Option<&[u8]>>,
) -> Result<Bound<T>, ReadError> {
    Ok(match bound {
        RangeBound::Inclusive(raw) => Bound::Included(T::read(ty, raw)?),
        RangeBound::Exclusive(raw) => Bound::Excluded(T::read(ty, raw)?),
        RangeBound::Unbounded => Bound::Unbounded,
    })
}

impl<T: ToSql> ToSql for Range<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        let Kind::Range(element) = ty.kind() else {
            return Err(format!("{ty} is no range type").into());
        };
        match self {
            Self::Empty => empty_range_to_sql(out),
            Self::Between(lower, upper) => range_to_sql(
                |out| write_bound(element, lower, out),
                |out| write_bound(element, upper, out),
                out,
            )?,
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(element) if T::accepts(element))
    }

    to_sql_checked!();
}

fn write_bound<T: ToSql>(
    ty: &Type,
    bound: &Bound<T>,
    out: &mut BytesMut,
) -> Result<RangeBound<postgres_protocol::IsNull>, ReadError> {
    let mut write = |value: &T| match value.to_sql(ty, out)? {
        IsNull::No => Ok(postgres_protocol::IsNull::No),
        // To the server a bound of NULL is no bound, which `Unbounded` says in so many words.
        IsNull::Yes => Err(ReadError::from(WasNull)),
    };
    Ok(match bound {
        Bound::Included(value) => RangeBound::Inclusive(write(value)?),
        Bound::Excluded(value) => RangeBound::Exclusive(write(value)?),
        Bound::Unbounded => RangeBound::Unbounded,
    })
}
