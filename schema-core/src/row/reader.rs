//! One row while it is read.

use std::{any::type_name, marker::PhantomData};

use postgres_types::{FromSql, Type};
use tokio_postgres::Row;

use super::{FromRow, RowField, RowValue};
use crate::{
    Error,
    error::{ColumnPlace, RowError, ValueError},
    ty::{ColumnType, ReadError},
};

/// The columns of one row, read one after the other.
///
/// Only rows whose columns were compared with [`FromRow::FIELDS`] come here, so no type is looked at again.
#[derive(Debug)]
pub struct Reader<'r, 'p> {
    row: &'r Row,
    /// Where in the row the fields stand; `None` where field n is column n.
    positions: Option<&'p [usize]>,
    next: usize,
    source: &'static str,
    /// What kept the first value from being read that was to be taken.
    error: Option<Error>,
}

impl<'r, 'p> Reader<'r, 'p> {
    pub(super) fn new(row: &'r Row, positions: Option<&'p [usize]>, source: &'static str) -> Self {
        Self {
            row,
            positions,
            next: 0,
            source,
            error: None,
        }
    }

    /// Reads the next column as `T`.
    ///
    /// # Errors
    ///
    /// When the value is NULL and `T` no `Option`, or when it is a value `T` cannot hold.
    #[inline]
    pub fn value<T: RowValue<'r>>(&mut self) -> Result<T, Error> {
        self.decode::<AsValue<T>>(type_name::<T>)
    }

    /// Reads the next column as the type whose [`ColumnType::TYPE`] is given: this is how generated code names it through
    /// the trait, where a type that is none is told of once. What keeps it from being read is left to
    /// [`failed`](Self::failed): of all ways to tell it, this is the one the compiler has the least to do with.
    #[doc(hidden)]
    #[inline]
    pub fn take<T: ColumnType>(&mut self, _: PhantomData<T>) -> Option<T> {
        let value = self.value();
        self.kept(value)
    }

    /// Reads the next column as the type whose [`RowValue::from_column`] is given. The function says nothing but
    /// the type, as in [`take`](Self::take).
    #[doc(hidden)]
    #[inline]
    pub fn take_value<T: RowValue<'r>>(
        &mut self,
        _: fn(&Type, Option<&'r [u8]>) -> Result<T, ReadError>,
    ) -> Option<T> {
        let value = self.value();
        self.kept(value)
    }

    /// Reads the next columns as the struct whose [`FromRow::read`] is given, which says nothing but the type.
    #[doc(hidden)]
    #[inline]
    pub fn take_nested<T: FromRow<'r>>(
        &mut self,
        _: fn(&mut Reader<'r, 'p>) -> Result<T, Error>,
    ) -> Option<T> {
        let value = self.nested();
        self.kept(value)
    }

    /// Reads the next column, JSON or JSONB, as [`json`](Self::json) does.
    #[doc(hidden)]
    #[cfg(feature = "serde_json")]
    pub fn take_json<T: serde_core::de::DeserializeOwned>(&mut self) -> Option<T> {
        let value = self.json();
        self.kept(value)
    }

    /// The error of the first value that was to be taken and could not be read.
    ///
    /// # Errors
    ///
    /// Always.
    #[doc(hidden)]
    #[cold]
    pub fn failed<T>(&mut self) -> Result<T, Error> {
        Err(self.error.take().unwrap_or_else(|| self.exhausted()))
    }

    #[inline]
    fn kept<T>(&mut self, value: Result<T, Error>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                self.keep(error);
                None
            }
        }
    }

    #[cold]
    fn keep(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    /// Reads the next column, JSON or JSONB, as `T` through serde. NULL is read as JSON's `null`.
    ///
    /// # Errors
    ///
    /// When the JSON is not a `T`, or NULL has no place in `T`.
    #[cfg(feature = "serde_json")]
    pub fn json<T: serde_core::de::DeserializeOwned>(&mut self) -> Result<T, Error> {
        self.decode::<AsJson<T>>(type_name::<T>)
    }

    /// Reads the next columns as another struct.
    ///
    /// # Errors
    ///
    /// When a value cannot be read as its field's type.
    #[inline]
    pub fn nested<T: FromRow<'r>>(&mut self) -> Result<T, Error> {
        let outer = std::mem::replace(&mut self.source, T::SOURCE);
        let value = T::read(self);
        self.source = outer;
        value
    }

    /// Reads the next columns as another struct, or as `None` where all of them are NULL.
    pub(super) fn nested_or_null<T: FromRow<'r>>(&mut self) -> Result<Option<T>, Error> {
        let columns = const { RowField::columns_of(T::FIELDS) };
        let mut is_null = columns > 0;
        for field in self.next..self.next + columns {
            let AsIs(raw) = self.column(field).map_err(|_| self.exhausted())?;
            if raw.is_some() {
                is_null = false;
                break;
            }
        }
        if is_null {
            self.next += columns;
            return Ok(None);
        }
        self.nested().map(Some)
    }

    #[inline]
    fn decode<D: Decode<'r>>(
        &mut self,
        rust_type: fn() -> &'static str,
    ) -> Result<D::Value, Error> {
        let field = self.next;
        self.next += 1;
        match self.column::<Decoded<D::Value, D>>(field) {
            Ok(Decoded(value, _)) => Ok(value),
            Err(error) => Err(self.unreadable(field, rust_type, error)),
        }
    }

    #[inline]
    fn column<T: FromSql<'r>>(&self, field: usize) -> Result<T, tokio_postgres::Error> {
        let position = match self.positions {
            // A position no row has where the fields are read through.
            Some(positions) => positions.get(field).copied().unwrap_or(usize::MAX),
            None => field,
        };
        self.row.try_get(position)
    }

    #[cold]
    fn exhausted(&self) -> Error {
        RowError::FieldCount {
            table: self.source,
            expected: self.positions.map_or(self.row.len(), <[usize]>::len),
        }
        .into()
    }

    #[cold]
    fn unreadable(
        &self,
        field: usize,
        rust_type: fn() -> &'static str,
        error: tokio_postgres::Error,
    ) -> Error {
        let position = self
            .positions
            .map_or(Some(field), |positions| positions.get(field).copied());
        let column = position.and_then(|position| self.row.columns().get(position));
        let (Some(position), Some(column), Ok(AsIs(raw))) = (position, column, self.column(field))
        else {
            return self.exhausted();
        };
        let place = ColumnPlace::new(self.source, position, column, rust_type());
        let Some(raw) = raw else {
            return RowError::UnexpectedNull(place).into();
        };
        let cause = error
            .into_source()
            .unwrap_or_else(|| "the value was not read".into());
        match cause.downcast::<ValueError>().map(|cause| *cause) {
            Ok(ValueError::UnknownText { text, known }) => {
                RowError::UnknownText { place, text, known }
            }
            other => RowError::Value {
                place,
                found: render_raw(column.type_(), raw),
                cause: other.map_or_else(|cause| cause, |cause| Box::new(cause)),
            },
        }
        .into()
    }
}

/// A way to decode the bytes of a column whose type is known to fit.
trait Decode<'r> {
    type Value;
    fn decode(ty: &Type, raw: Option<&'r [u8]>) -> Result<Self::Value, ReadError>;
}

/// As [`RowValue`] does it.
struct AsValue<T>(PhantomData<T>);

impl<'r, T: RowValue<'r>> Decode<'r> for AsValue<T> {
    type Value = T;

    #[inline]
    fn decode(ty: &Type, raw: Option<&'r [u8]>) -> Result<T, ReadError> {
        T::from_column(ty, raw)
    }
}

/// As serde does it.
#[cfg(feature = "serde_json")]
struct AsJson<T>(PhantomData<T>);

#[cfg(feature = "serde_json")]
impl<'r, T: serde_core::de::DeserializeOwned> Decode<'r> for AsJson<T> {
    type Value = T;

    fn decode(ty: &Type, raw: Option<&'r [u8]>) -> Result<T, ReadError> {
        crate::json::read(ty, raw)
    }
}

/// What goes through [`Row::try_get`], the only way to a row's bytes: it accepts every type, so that the check there
/// costs nothing.
struct Decoded<V, D>(V, PhantomData<D>);

impl<'r, D: Decode<'r>> FromSql<'r> for Decoded<D::Value, D> {
    #[inline]
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, ReadError> {
        Self::from_sql_nullable(ty, Some(raw))
    }

    #[inline]
    fn from_sql_nullable(ty: &Type, raw: Option<&'r [u8]>) -> Result<Self, ReadError> {
        D::decode(ty, raw).map(|value| Self(value, PhantomData))
    }

    #[inline]
    fn accepts(_: &Type) -> bool {
        true
    }
}

/// The bytes as they are.
struct AsIs<'r>(Option<&'r [u8]>);

impl<'r> FromSql<'r> for AsIs<'r> {
    fn from_sql(_: &Type, raw: &'r [u8]) -> Result<Self, ReadError> {
        Ok(Self(Some(raw)))
    }

    fn from_sql_null(_: &Type) -> Result<Self, ReadError> {
        Ok(Self(None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A value for a message: the text of what is text, the bytes of anything else.
#[cold]
fn render_raw(ty: &Type, raw: &[u8]) -> String {
    const SHOWN: usize = 64;
    if let (true, Ok(text)) = (<&str as FromSql>::accepts(ty), std::str::from_utf8(raw)) {
        return match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("`{}…` ({} bytes)", &text[..end], raw.len()),
            None => format!("`{text}`"),
        };
    }
    let mut hex = String::from("0x");
    for byte in raw.iter().take(SHOWN) {
        hex.push_str(&format!("{byte:02x}"));
    }
    match raw.len() > SHOWN {
        true => format!("{hex}… ({} bytes)", raw.len()),
        false => hex,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_messages_are_text_or_hexadecimal_and_cut() {
        assert_eq!(render_raw(&Type::TEXT, b"away"), "`away`");
        assert_eq!(render_raw(&Type::INT4, &[0, 1, 0xff, 2]), "0x0001ff02");
        let long = "é".repeat(100);
        let cut = format!("`{}…` (200 bytes)", "é".repeat(64));
        assert_eq!(render_raw(&Type::VARCHAR, long.as_bytes()), cut);
        assert!(render_raw(&Type::BYTEA, &[0; 65]).ends_with("00… (65 bytes)"));
    }
}
