//! What generated code may call. Not for anyone else, and free to change in any version.

#[path = "private/type_object.rs"]
mod type_object;
#[path = "private/verify.rs"]
pub mod verify;

use bytes::BytesMut;
#[cfg(feature = "bitflags")]
use postgres_types::ToSql;
use postgres_types::{IsNull, Kind, Type};

use crate::ty::{ReadError, TypeDef};

pub use bytes;
pub use schema_derive::{schema_impl, sql_impl};

pub use self::type_object::{
    CompositeReader, composite_accepts, composite_to_sql, domain_accepts, domain_value_type,
    enum_accepts,
};
pub use crate::error::ValueError;

/// The SQL types of an enum stored as text.
pub const TEXT_TYPES: &[TypeDef] = &[
    TypeDef::Text,
    TypeDef::Varchar(None),
    TypeDef::Char(None),
    TypeDef::Citext,
];

/// Whether an enum stored as text is read from a column of this type, and written into it.
#[must_use]
pub fn text_enum_accepts(ty: &Type) -> bool {
    matches!(*ty, Type::TEXT | Type::VARCHAR | Type::BPCHAR)
        || ty.name() == "citext"
        || matches!(ty.kind(), Kind::Enum(_))
}

/// Reads an enum stored as text. CITEXT is compared as its bytes, and the blanks that fill a CHAR are left out.
///
/// # Errors
///
/// [`ValueError::UnknownText`].
pub fn text_enum_from_sql<T, const N: usize>(
    ty: &Type,
    raw: &[u8],
    texts: [(&'static str, T); N],
) -> Result<T, ReadError> {
    let text = match *ty {
        Type::BPCHAR => raw.trim_ascii_end(),
        _ => raw,
    };
    let known = texts.each_ref().map(|(text, _)| *text);
    match texts
        .into_iter()
        .find(|(known, _)| known.as_bytes() == text)
    {
        Some((_, value)) => Ok(value),
        None => Err(Box::new(ValueError::UnknownText {
            text: String::from_utf8_lossy(raw).into_owned(),
            known: known.to_vec(),
        })),
    }
}

/// Finds an enum stored as text by its text.
///
/// # Errors
///
/// [`ValueError::UnknownText`].
pub fn text_enum_from_str<T, const N: usize>(
    text: &str,
    texts: [(&'static str, T); N],
) -> Result<T, ValueError> {
    let known = texts.each_ref().map(|(text, _)| *text);
    match texts.into_iter().find(|(known, _)| *known == text) {
        Some((_, value)) => Ok(value),
        None => Err(ValueError::UnknownText {
            text: text.to_owned(),
            known: known.to_vec(),
        }),
    }
}

/// Writes an enum stored as text.
pub fn text_enum_to_sql(text: &'static str, out: &mut BytesMut) -> IsNull {
    out.extend_from_slice(text.as_bytes());
    IsNull::No
}

/// An integer that can hold the bits of a `bitflags` type in a column.
///
/// PostgreSQL has no unsigned integers. Unsigned bits are stored as the signed integer of the same bits: with bit 63
/// of a `u64` set, the column shows a negative number, and `&`, `|` and `#` in SQL mean what they mean in Rust.
#[cfg(feature = "bitflags")]
#[diagnostic::on_unimplemented(
    message = "[T0812] bit flags over `{Self}` have no SQL type",
    note = "declare them over i16, i32 or i64, or the unsigned integers of these sizes"
)]
pub trait FlagBits: bitflags::Bits {
    /// The signed integer of the same size.
    type Stored: crate::ty::ColumnType;
    /// The bits as that integer.
    fn to_stored(self) -> Self::Stored;
    /// The way back.
    fn from_stored(stored: Self::Stored) -> Self;
}

#[cfg(feature = "bitflags")]
macro_rules! flag_bits {
    ($($bits:ty => $stored:ty),+) => {
        $(impl FlagBits for $bits {
            type Stored = $stored;
            fn to_stored(self) -> $stored {
                <$stored>::from_ne_bytes(self.to_ne_bytes())
            }
            fn from_stored(stored: $stored) -> Self {
                Self::from_ne_bytes(stored.to_ne_bytes())
            }
        })+
    };
}

#[cfg(feature = "bitflags")]
flag_bits!(i16 => i16, i32 => i32, i64 => i64, u16 => i16, u32 => i32, u64 => i64);

/// How a `bitflags` type is a column: made once for each, so that bits without an SQL type are told of once.
#[cfg(feature = "bitflags")]
#[derive(Debug)]
pub struct FlagFunctions<F> {
    /// The SQL types.
    pub types: &'static [TypeDef],
    /// Whether it is read from a column of this type, and written into it.
    pub accepts: fn(&Type) -> bool,
    /// Reads it; bits without a name are kept.
    pub read: fn(&Type, &[u8]) -> Result<F, ReadError>,
    /// Writes it.
    pub write: fn(&F, &Type, &mut BytesMut) -> Result<IsNull, ReadError>,
}

/// How this `bitflags` type is a column.
#[cfg(feature = "bitflags")]
#[must_use]
pub const fn flags<F>() -> FlagFunctions<F>
where
    F: bitflags::Flags<Bits: FlagBits>,
{
    FlagFunctions {
        types: <<F::Bits as FlagBits>::Stored as crate::ty::ColumnType>::SQL_TYPES,
        accepts: <<F::Bits as FlagBits>::Stored as ToSql>::accepts,
        read: |ty, raw| {
            let stored = crate::ty::ColumnType::read(ty, Some(raw))?;
            Ok(F::from_bits_retain(F::Bits::from_stored(stored)))
        },
        write: |flags, ty, out| flags.bits().to_stored().to_sql(ty, out),
    }
}
