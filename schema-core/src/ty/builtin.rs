//! The Rust types that come with an SQL type.

mod date_time;
mod general;

use postgres_protocol::types::array_from_sql;
use postgres_types::{FromSql, Kind, Type, WasNull};

use super::{ColumnType, ReadError, TypeDef, TypeFacts};
use crate::{def::TypeObjectDef, ident::TableName};

/// The SQL type a column of the Rust type `T` has when it names none.
///
/// # Panics
///
/// When `T` names no SQL type at all; in a constant, that is a compile error.
#[must_use]
pub const fn default_type<T: ColumnType>() -> TypeDef {
    default_of(T::FACTS)
}

/// The SQL type a column has whose Rust type says this of itself.
pub(crate) const fn default_of(facts: &TypeFacts) -> TypeDef {
    assert!(
        !facts.sql_types.is_empty(),
        "ColumnType::SQL_TYPES must name at least one SQL type"
    );
    if facts.array {
        TypeDef::Array(&facts.sql_types[0])
    } else {
        facts.sql_types[0]
    }
}

/// `Rust type => [its SQL types], how a value that is not NULL is read`; without the latter as `FromSql` does it.
macro_rules! column_types {
    ($($(#[$meta:meta])* $rust:ty => [$($sql:ident $(($modifier:expr))?),+] $(, $read:path)?;)+) => {
        $($(#[$meta])* impl $crate::ty::ColumnType for $rust {
            const SQL_TYPES: &'static [$crate::ty::TypeDef] =
                &[$($crate::ty::TypeDef::$sql $(($modifier))?),+];
            $(
                #[inline]
                fn read(
                    ty: &postgres_types::Type,
                    raw: Option<&[u8]>,
                ) -> Result<Self, $crate::ty::ReadError> {
                    match raw {
                        Some(raw) => $read(ty, raw),
                        None => Err(Box::new(postgres_types::WasNull)),
                    }
                }
            )?
        })+
    };
}
use column_types;

impl<T: ColumnType> ColumnType for Option<T> {
    const SQL_TYPES: &'static [TypeDef] = T::SQL_TYPES;
    const NULLABLE: bool = true;
    const NESTED: bool = T::NULLABLE || T::NESTED;
    const ARRAY: bool = T::ARRAY;
    const ENTITY: Option<TableName> = T::ENTITY;
    const TEXTS: Option<&'static [&'static str]> = T::TEXTS;
    const TYPE_OBJECT: Option<&'static TypeObjectDef> = T::TYPE_OBJECT;

    #[inline]
    fn read(ty: &Type, raw: Option<&[u8]>) -> Result<Self, ReadError> {
        match raw {
            Some(_) => T::read(ty, raw).map(Some),
            None => Ok(None),
        }
    }
}

impl<T: ColumnType> ColumnType for Vec<T> {
    const SQL_TYPES: &'static [TypeDef] = T::SQL_TYPES;
    const ARRAY: bool = true;
    const NESTED: bool = T::ARRAY || T::NESTED;
    const TYPE_OBJECT: Option<&'static TypeObjectDef> = T::TYPE_OBJECT;

    fn read(ty: &Type, raw: Option<&[u8]>) -> Result<Self, ReadError> {
        use fallible_iterator::FallibleIterator as _;

        let raw = raw.ok_or(WasNull)?;
        let Kind::Array(element) = ty.kind() else {
            return <Self as FromSql>::from_sql(ty, raw);
        };
        let array = array_from_sql(raw)?;
        if array.dimensions().count()? > 1 {
            return Err("an array of more than one dimension is no `Vec`".into());
        }
        array
            .values()
            .map(|value| T::read(element, value))
            .collect()
    }
}
