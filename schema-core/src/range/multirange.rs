//! Multirange columns: [`Multirange<T>`].

use bytes::{BufMut as _, BytesMut};
use postgres_types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::{Range, RangeBoundType, read_range, write_range};
use crate::ty::{ColumnType, ReadError, TypeDef};

/// Ranges of values that do not touch ([Range Types](https://www.postgresql.org/docs/current/rangetypes.html);
/// PostgreSQL 14 and later).
///
/// The server sorts the ranges, joins those that touch and drops the empty ones, so a multirange may be read back with
/// other ranges than it was written with. Two are equal here when their ranges are, one by one.
///
/// # Examples
///
/// ```
/// use schema_core::range::{Multirange, Range};
///
/// let shifts = Multirange::from([Range::from(6..10), Range::from(14..18)]);
/// assert!(shifts.contains(&15) && !shifts.contains(&12));
/// assert_eq!(shifts.ranges().len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Multirange<T>(Vec<Range<T>>);

impl<T> Multirange<T> {
    /// No value at all.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Vec::new())
    }

    /// Its ranges, in order.
    #[must_use]
    pub fn ranges(&self) -> &[Range<T>] {
        &self.0
    }
}

impl<T: PartialOrd> Multirange<T> {
    /// Whether the value lies in one of the ranges.
    #[must_use]
    pub fn contains(&self, value: &T) -> bool {
        self.0.iter().any(|range| range.contains(value))
    }
}

impl<T> Default for Multirange<T> {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T> From<Vec<Range<T>>> for Multirange<T> {
    fn from(ranges: Vec<Range<T>>) -> Self {
        Self(ranges)
    }
}

impl<T, const N: usize> From<[Range<T>; N]> for Multirange<T> {
    fn from(ranges: [Range<T>; N]) -> Self {
        Self(ranges.into())
    }
}

impl<T> FromIterator<Range<T>> for Multirange<T> {
    fn from_iter<I: IntoIterator<Item = Range<T>>>(ranges: I) -> Self {
        Self(ranges.into_iter().collect())
    }
}

impl<T> IntoIterator for Multirange<T> {
    type Item = Range<T>;
    type IntoIter = std::vec::IntoIter<Range<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: RangeBoundType> ColumnType for Multirange<T> {
    const SQL_TYPES: &'static [TypeDef] = &[T::MULTIRANGE_TYPE];
}

/// The number of ranges, then of each its length and its bytes (`multirange_send` in
/// [multirangetypes.c](https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/multirangetypes.c)).
impl<'a, T: ColumnType> FromSql<'a> for Multirange<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, ReadError> {
        let Kind::Multirange(element) = ty.kind() else {
            return Err(format!("{ty} is no multirange type").into());
        };
        let mut rest = raw;
        let count = take_length(&mut rest)?;
        let ranges = (0..count).map(|_| {
            let length = take_length(&mut rest)?;
            read_range(element, take(&mut rest, length)?)
        });
        let ranges = ranges.collect::<Result<_, ReadError>>()?;
        match rest {
            [] => Ok(Self(ranges)),
            _ => Err("the multirange has more bytes than ranges".into()),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Multirange(element) if <T as FromSql>::accepts(element))
    }
}

impl<T: ToSql> ToSql for Multirange<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        let Kind::Multirange(element) = ty.kind() else {
            return Err(format!("{ty} is no multirange type").into());
        };
        out.put_i32(i32::try_from(self.0.len())?);
        for range in &self.0 {
            let length_at = out.len();
            out.put_i32(0);
            write_range(element, range, out)?;
            let length = i32::try_from(out.len() - length_at - size_of::<i32>())?;
            out[length_at..length_at + size_of::<i32>()].copy_from_slice(&length.to_be_bytes());
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty.kind(), Kind::Multirange(element) if T::accepts(element))
    }

    to_sql_checked!();
}

fn take_length(rest: &mut &[u8]) -> Result<usize, ReadError> {
    let bytes = take(rest, size_of::<i32>())?;
    Ok(usize::try_from(i32::from_be_bytes(bytes.try_into()?))?)
}

fn take<'v>(rest: &mut &'v [u8], length: usize) -> Result<&'v [u8], ReadError> {
    let (bytes, after) = rest
        .split_at_checked(length)
        .ok_or("the multirange ends too early")?;
    *rest = after;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_end_too_early_or_too_late_are_an_error() {
        let mut bytes = BytesMut::new();
        let written = Multirange::from([Range::from(1..3), Range::from(7..)]);
        written.to_sql(&Type::INT4MULTI_RANGE, &mut bytes).unwrap();
        let read = |raw: &[u8]| Multirange::<i32>::from_sql(&Type::INT4MULTI_RANGE, raw);
        assert_eq!(read(&bytes).unwrap(), written);
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length]).is_err(), "{length}");
        }
        bytes.put_u8(0);
        assert!(read(&bytes).is_err());
    }
}
