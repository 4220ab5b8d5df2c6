//! One row while it is read.

use std::{any::type_name, error::Error as StdError};

use postgres_types::{FromSql, Type};
use tokio_postgres::{Column, Row};

use super::{FromRow, RowField, RowValue};
use crate::{
    Error,
    error::{ColumnPlace, RowError, ValueError},
    ty::ReadError,
};

/// The columns of one row, read one after the other.
///
/// Only rows whose columns were compared with [`FromRow::FIELDS`] come here, so no type is looked at again.
#[derive(Debug)]
pub struct Reader<'r, 'p> {
    row: &'r Row,
    columns: &'r [Column],
    /// Where in the row the fields stand; `None` where field n is column n.
    positions: Option<&'p [usize]>,
    next: usize,
    source: &'static str,
}

impl<'r, 'p> Reader<'r, 'p> {
    pub(super) fn new(row: &'r Row, positions: Option<&'p [usize]>, source: &'static str) -> Self {
        Self {
            row,
            columns: row.columns(),
            positions,
            next: 0,
            source,
        }
    }

    /// Reads the next column as `T`.
    ///
    /// # Errors
    ///
    /// When the value is NULL and `T` no `Option`, or when it is a value `T` cannot hold.
    #[inline]
    pub fn value<T: RowValue<'r>>(&mut self) -> Result<T, Error> {
        self.value_with(T::from_column)
    }

    /// Reads the next column by a function, which is given its type and bytes.
    ///
    /// # Errors
    ///
    /// When the function cannot read the value.
    #[doc(hidden)]
    #[inline]
    pub fn value_with<T>(
        &mut self,
        read: impl FnOnce(&Type, Option<&'r [u8]>) -> Result<T, ReadError>,
    ) -> Result<T, Error> {
        let position = self.position(self.next)?;
        self.next += 1;
        let raw = self.raw(position)?;
        match read(self.columns[position].type_(), raw) {
            Ok(value) => Ok(value),
            Err(cause) => Err(self.unreadable(position, raw, type_name::<T>(), cause)),
        }
    }

    /// Reads the next column, JSON or JSONB, as `T` through serde. NULL is read as JSON's `null`.
    ///
    /// # Errors
    ///
    /// When the JSON is not a `T`, or NULL has no place in `T`.
    #[cfg(feature = "serde_json")]
    pub fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Error> {
        let position = self.position(self.next)?;
        self.next += 1;
        let raw = self.raw(position)?;
        match crate::json::read(self.columns[position].type_(), raw) {
            Ok(value) => Ok(value),
            Err(cause) => Err(self.unreadable(position, raw, type_name::<T>(), cause)),
        }
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
            if self.raw(self.position(field)?)?.is_some() {
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
    fn position(&self, field: usize) -> Result<usize, Error> {
        let position = match self.positions {
            Some(positions) => positions.get(field).copied(),
            None => Some(field),
        };
        match position {
            Some(position) if position < self.columns.len() => Ok(position),
            _ => Err(self.exhausted()),
        }
    }

    #[inline]
    fn raw(&self, position: usize) -> Result<Option<&'r [u8]>, Error> {
        Ok(self.row.try_get::<usize, Raw<'r>>(position)?.0)
    }

    #[cold]
    fn exhausted(&self) -> Error {
        RowError::FieldCount {
            table: self.source,
            expected: self.positions.map_or(self.columns.len(), <[usize]>::len),
        }
        .into()
    }

    #[cold]
    fn unreadable(
        &self,
        position: usize,
        raw: Option<&[u8]>,
        rust_type: &str,
        cause: Box<dyn StdError + Sync + Send>,
    ) -> Error {
        let column = &self.columns[position];
        let place = ColumnPlace::new(self.source, position, column, rust_type);
        let Some(raw) = raw else {
            return RowError::UnexpectedNull(place).into();
        };
        match cause.downcast::<ValueError>().map(|cause| *cause) {
            Ok(ValueError::UnknownText { text, known }) => {
                RowError::UnknownText { place, text, known }
            }
            Ok(cause) => RowError::Value {
                place,
                found: render_raw(column.type_(), raw),
                cause: Box::new(cause),
            },
            Err(cause) => RowError::Value {
                place,
                found: render_raw(column.type_(), raw),
                cause,
            },
        }
        .into()
    }
}

/// The bytes of a value of any type.
struct Raw<'r>(Option<&'r [u8]>);

impl<'r> FromSql<'r> for Raw<'r> {
    #[inline]
    fn from_sql(_: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(Some(raw)))
    }

    #[inline]
    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self(None))
    }

    #[inline]
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
