//! Scalars, texts, numbers, JSON and addresses.

use std::net::IpAddr;

use postgres_protocol::types::{inet_from_sql, text_from_sql};
use postgres_types::{FromSql, Type};

use super::column_types;
use crate::{error::ValueError, ty::ReadError};

column_types! {
    bool => [Boolean];
    i16 => [SmallInt];
    i32 => [Integer];
    i64 => [BigInt];
    u32 => [Oid];
    f32 => [Real];
    f64 => [DoublePrecision];
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
