//! The Rust types that come with an SQL type.

use super::{ColumnType, TypeDef};

/// The SQL type a column of the Rust type `T` has when it names none.
///
/// # Panics
///
/// When `T` names no SQL type at all; in a constant, that is a compile error.
#[must_use]
pub const fn default_type<T: ColumnType>() -> TypeDef {
    const {
        assert!(
            !T::SQL_TYPES.is_empty(),
            "ColumnType::SQL_TYPES must name at least one SQL type"
        );
    }
    if T::ARRAY {
        TypeDef::Array(&T::SQL_TYPES[0])
    } else {
        T::SQL_TYPES[0]
    }
}

macro_rules! column_types {
    ($($(#[$meta:meta])* $rust:ty => [$($sql:expr),+];)+) => {
        $($(#[$meta])* impl ColumnType for $rust {
            const SQL_TYPES: &'static [TypeDef] = &[$($sql),+];
        })+
    };
}

column_types! {
    bool => [TypeDef::Boolean];
    i16 => [TypeDef::SmallInt];
    i32 => [TypeDef::Integer];
    i64 => [TypeDef::BigInt];
    f32 => [TypeDef::Real];
    f64 => [TypeDef::DoublePrecision];
    String => [TypeDef::Text, TypeDef::Varchar(None), TypeDef::Char(None), TypeDef::Citext];
    Vec<u8> => [TypeDef::Bytea];
    std::net::IpAddr => [TypeDef::Inet];
    #[cfg(feature = "jiff")]
    jiff::Timestamp => [TypeDef::Timestamptz(None)];
    #[cfg(feature = "jiff")]
    jiff::civil::DateTime => [TypeDef::Timestamp(None)];
    #[cfg(feature = "jiff")]
    jiff::civil::Date => [TypeDef::Date];
    #[cfg(feature = "jiff")]
    jiff::civil::Time => [TypeDef::Time(None)];
}

impl<T: ColumnType> ColumnType for Option<T> {
    const SQL_TYPES: &'static [TypeDef] = T::SQL_TYPES;
    const NULLABLE: bool = true;
    const NESTED: bool = T::NULLABLE || T::NESTED;
    const ARRAY: bool = T::ARRAY;
    const ENTITY: Option<crate::def::TableName> = T::ENTITY;
    const TEXTS: Option<&'static [&'static str]> = T::TEXTS;
}

impl<T: ColumnType> ColumnType for Vec<T> {
    const SQL_TYPES: &'static [TypeDef] = T::SQL_TYPES;
    const ARRAY: bool = true;
    const NESTED: bool = T::ARRAY || T::NESTED;
}
