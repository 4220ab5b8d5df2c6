//! What a single column is read as.

use postgres_protocol::types;
use postgres_types::{FromSql, Type};

use crate::ty::{ColumnType, ReadError, TypeFacts};

/// A value that is read from one column: every [`ColumnType`], and `&str` and `&[u8]` borrowed from the row.
#[diagnostic::on_unimplemented(
    message = "[T0911] `{Self}` is not read from a column",
    label = "not a type a column is read as",
    note = "implement schema_core::ty::ColumnType for it, or schema_core::row::RowValue if it borrows from the row"
)]
pub trait RowValue<'r>: Sized {
    /// What a statement's columns are compared with while the crate compiles, where it is known.
    #[doc(hidden)]
    const FACTS: Option<&'static TypeFacts> = None;

    /// Whether it is read from a column of this type.
    fn accepts(ty: &Type) -> bool;

    /// Reads it from a column of an accepted type; `None` is NULL.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a value, or NULL has no place in it.
    fn from_column(ty: &Type, raw: Option<&'r [u8]>) -> Result<Self, ReadError>;
}

impl<'r, T: ColumnType> RowValue<'r> for T {
    const FACTS: Option<&'static TypeFacts> = Some(T::FACTS);

    fn accepts(ty: &Type) -> bool {
        <T as FromSql<'r>>::accepts(ty)
    }

    #[inline]
    fn from_column(ty: &Type, raw: Option<&'r [u8]>) -> Result<Self, ReadError> {
        T::read(ty, raw)
    }
}

macro_rules! borrowed_values {
    ($($rust:ty),+) => {
        $(impl<'r> RowValue<'r> for $rust {
            fn accepts(ty: &Type) -> bool {
                <$rust as FromSql<'r>>::accepts(ty)
            }

            #[inline]
            fn from_column(
                ty: &Type,
                raw: Option<&'r [u8]>,
            ) -> Result<Self, ReadError> {
                <$rust as FromSql<'r>>::from_sql_nullable(ty, raw)
            }
        })+
    };
}

borrowed_values!(
    &'r [u8],
    Option<&'r [u8]>,
    Vec<&'r str>,
    Option<Vec<&'r str>>,
    Vec<Option<&'r str>>,
    Option<Vec<Option<&'r str>>>
);

impl<'r> RowValue<'r> for &'r str {
    const FACTS: Option<&'static TypeFacts> = <String as RowValue<'r>>::FACTS;

    fn accepts(ty: &Type) -> bool {
        <&str as FromSql<'r>>::accepts(ty)
    }

    #[inline]
    fn from_column(ty: &Type, raw: Option<&'r [u8]>) -> Result<Self, ReadError> {
        match raw {
            // `FromSql` compares the type's name with that of each tree type for every value.
            Some(raw) if matches!(*ty, Type::TEXT | Type::VARCHAR | Type::BPCHAR) => {
                types::text_from_sql(raw)
            }
            raw => <&str as FromSql<'r>>::from_sql_nullable(ty, raw),
        }
    }
}

impl<'r> RowValue<'r> for Option<&'r str> {
    const FACTS: Option<&'static TypeFacts> = <Option<String> as RowValue<'r>>::FACTS;

    fn accepts(ty: &Type) -> bool {
        <&str as FromSql<'r>>::accepts(ty)
    }

    #[inline]
    fn from_column(ty: &Type, raw: Option<&'r [u8]>) -> Result<Self, ReadError> {
        match raw {
            None => Ok(None),
            raw => <&str as RowValue<'r>>::from_column(ty, raw).map(Some),
        }
    }
}
