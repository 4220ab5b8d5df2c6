//! Values of types that no Rust type here stands for.

use bytes::{BufMut as _, BytesMut};
use postgres_types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::{ColumnType, ReadError, TypeDef};

/// A value of any SQL type as the server sends it, in the type's binary form: what is read can be written back unchanged.
///
/// It stands for types that have no Rust type of their own yet. It has no SQL type by itself, so a column of it always says
/// `type = "…"`.
///
/// # Examples
///
/// ```
/// use schema_core::{Id, Table, ty::RawValue};
///
/// #[derive(Table)]
/// #[table(name = "documents")]
/// struct Document {
///     #[column(primary_key)]
///     id: Id<Document>,
///     #[column(type = "tsvector")]
///     words: Option<RawValue>,
/// }
///
/// let nothing = RawValue::new(vec![0, 0, 0, 0]);
/// assert_eq!(nothing.as_bytes(), [0, 0, 0, 0]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawValue(Vec<u8>);

impl RawValue {
    /// A value whose binary form this is.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The binary form.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The binary form, taken out.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl<'a> FromSql<'a> for RawValue {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, ReadError> {
        Ok(Self(raw.to_vec()))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl ToSql for RawValue {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, ReadError> {
        out.put_slice(&self.0);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl ColumnType for RawValue {
    /// None that is one: `verify` refuses a column that says no other.
    const SQL_TYPES: &'static [TypeDef] = &[TypeDef::Verbatim("")];
}
