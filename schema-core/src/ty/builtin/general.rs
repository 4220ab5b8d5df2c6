//! Scalars, texts, numbers, JSON and addresses.

use std::net::IpAddr;

use postgres_protocol::types::{inet_from_sql, text_from_sql};
use postgres_types::{FromSql, Type};

use super::column_types;
use crate::{error::ValueError, ty::ReadError};

column_types! {
    bool => [Boolean], read_bool;
    i16 => [SmallInt], read_i16;
    i32 => [Integer], read_i32;
    i64 => [BigInt], read_i64;
    u32 => [Oid], read_u32;
    f32 => [Real], read_f32;
    f64 => [DoublePrecision], read_f64;
    String => [Text, Varchar(None), Char(None), Citext], read_string;
    Box<str> => [Text, Varchar(None), Char(None), Citext];
    Vec<u8> => [Bytea];
    IpAddr => [Inet], read_address;
    #[cfg(feature = "uuid")]
    uuid::Uuid => [Uuid];
    #[cfg(feature = "rust_decimal")]
    rust_decimal::Decimal => [Numeric(None)];
    #[cfg(feature = "cidr")]
    cidr::IpInet => [Inet];
    #[cfg(feature = "cidr")]
    cidr::IpCidr => [Cidr];
    #[cfg(feature = "eui48")]
    eui48::MacAddress => [Macaddr];
}

// `FromSql` reads numbers through `std::io::Read`, at two to three times the instructions.
macro_rules! numbers {
    ($($name:ident => $rust:ty),+) => {
        $(#[inline]
        fn $name(ty: &Type, raw: &[u8]) -> Result<$rust, ReadError> {
            match raw.try_into() {
                Ok(bytes) => Ok(<$rust>::from_be_bytes(bytes)),
                Err(_) => <$rust>::from_sql(ty, raw),
            }
        })+
    };
}

numbers! {
    read_i16 => i16,
    read_i32 => i32,
    read_i64 => i64,
    read_u32 => u32,
    read_f32 => f32,
    read_f64 => f64
}

#[inline]
fn read_bool(ty: &Type, raw: &[u8]) -> Result<bool, ReadError> {
    match raw {
        [0] => Ok(false),
        [1] => Ok(true),
        _ => bool::from_sql(ty, raw),
    }
}

#[inline]
fn read_string(ty: &Type, raw: &[u8]) -> Result<String, ReadError> {
    // `FromSql` compares the type's name with that of each tree type for every value.
    if matches!(*ty, Type::TEXT | Type::VARCHAR | Type::BPCHAR) {
        return text_from_sql(raw).map(str::to_owned);
    }
    String::from_sql(ty, raw)
}

/// Reads an address; `FromSql` drops the netmask in silence.
fn read_address(_: &Type, raw: &[u8]) -> Result<IpAddr, ReadError> {
    let inet = inet_from_sql(raw)?;
    let host_bits = if inet.addr().is_ipv4() { 32 } else { 128 };
    if inet.netmask() != host_bits {
        return Err(Box::new(ValueError::Network {
            prefix: inet.netmask(),
        }));
    }
    Ok(inet.addr())
}
