//! Range and multirange columns: [`Range<T>`], [`Multirange<T>`].

mod multirange;

use std::ops::Bound;

use bytes::BytesMut;
use postgres_protocol::types::{
    Range as RawRange, RangeBound, empty_range_to_sql, range_from_sql, range_to_sql,
};
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
use postgres_types::{Date, Timestamp};
use postgres_types::{FromSql, IsNull, Kind, ToSql, Type, WasNull, to_sql_checked};

pub use self::multirange::Multirange;
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
    /// The SQL type of its multiranges.
    const MULTIRANGE_TYPE: TypeDef;
}

macro_rules! range_types {
    ($($(#[$meta:meta])* $rust:ty => $range:ident, $multirange:ident;)+) => {
        $($(#[$meta])* impl RangeBoundType for $rust {
            const RANGE_TYPE: TypeDef = TypeDef::$range;
            const MULTIRANGE_TYPE: TypeDef = TypeDef::$multirange;
        })+
    };
}

range_types! {
    i32 => Int4Range, Int4Multirange;
    i64 => Int8Range, Int8Multirange;
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal => NumRange, NumMultirange;
    #[cfg(feature = "jiff")]
    jiff::Timestamp => TstzRange, TstzMultirange;
    #[cfg(feature = "jiff")]
    Timestamp<jiff::Timestamp> => TstzRange, TstzMultirange;
    #[cfg(feature = "jiff")]
    jiff::civil::DateTime => TsRange, TsMultirange;
    #[cfg(feature = "jiff")]
    Timestamp<jiff::civil::DateTime> => TsRange, TsMultirange;
    #[cfg(feature = "jiff")]
    jiff::civil::Date => DateRange, DateMultirange;
    #[cfg(feature = "jiff")]
    Date<jiff::civil::Date> => DateRange, DateMultirange;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::Utc> => TstzRange, TstzMultirange;
    #[cfg(feature = "chrono")]
    Timestamp<chrono::DateTime<chrono::Utc>> => TstzRange, TstzMultirange;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::Local> => TstzRange, TstzMultirange;
    #[cfg(feature = "chrono")]
    Timestamp<chrono::DateTime<chrono::Local>> => TstzRange, TstzMultirange;
    #[cfg(feature = "chrono")]
    chrono::DateTime<chrono::FixedOffset> => TstzRange, TstzMultirange;
    #[cfg(feature = "chrono")]
    Timestamp<chrono::DateTime<chrono::FixedOffset>> => TstzRange, TstzMultirange;
    #[cfg(feature = "chrono")]
    chrono::NaiveDateTime => TsRange, TsMultirange;
    #[cfg(feature = "chrono")]
    Timestamp<chrono::NaiveDateTime> => TsRange, TsMultirange;
    #[cfg(feature = "chrono")]
    chrono::NaiveDate => DateRange, DateMultirange;
    #[cfg(feature = "chrono")]
    Date<chrono::NaiveDate> => DateRange, DateMultirange;
    #[cfg(feature = "time")]
    time::OffsetDateTime => TstzRange, TstzMultirange;
    #[cfg(feature = "time")]
    Timestamp<time::OffsetDateTime> => TstzRange, TstzMultirange;
    #[cfg(feature = "time")]
    time::PrimitiveDateTime => TsRange, TsMultirange;
    #[cfg(feature = "time")]
    Timestamp<time::PrimitiveDateTime> => TsRange, TsMultirange;
    #[cfg(feature = "time")]
    time::Date => DateRange, DateMultirange;
    #[cfg(feature = "time")]
    Date<time::Date> => DateRange, DateMultirange;
}

impl<T: RangeBoundType> ColumnType for Range<T> {
    const SQL_TYPES: &'static [TypeDef] = &[T::RANGE_TYPE];
}

impl<'a, T: ColumnType> FromSql<'a> for Range<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, ReadError> {
        let Kind::Range(element) = ty.kind() else {
            return Err(format!("{ty} is no range type").into());
        };
        read_range(element, raw)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(element) if <T as FromSql>::accepts(element))
    }
}

/// Reads a range of values of this type.
fn read_range<T: ColumnType>(element: &Type, raw: &[u8]) -> Result<Range<T>, ReadError> {
    Ok(match range_from_sql(raw)? {
        RawRange::Empty => Range::Empty,
        RawRange::Nonempty(lower, upper) => {
            Range::Between(read_bound(element, lower)?, read_bound(element, upper)?)
        }
    })
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
        write_range(element, self, out)?;
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Range(element) if T::accepts(element))
    }

    to_sql_checked!();
}

/// Writes a range of values of this type.
fn write_range<T: ToSql>(
    element: &Type,
    range: &Range<T>,
    out: &mut BytesMut,
) -> Result<(), ReadError> {
    match range {
        Range::Empty => empty_range_to_sql(out),
        Range::Between(lower, upper) => range_to_sql(
            |out| write_bound(element, lower, out),
            |out| write_bound(element, upper, out),
            out,
        )?,
    }
    Ok(())
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
