//! Dates and times of jiff, chrono and time.
//!
//! PostgreSQL's types hold more than the Rust types: `infinity`, `24:00:00`, and years up to 294276 (timestamps) and
//! 5874897 (dates). A value the Rust type cannot hold is an error, never another value. Infinity has a place in
//! [`postgres_types::Timestamp`] and [`postgres_types::Date`] around any of the types here.
//! What is read but not written is a `jiff::civil::DateTime` of the last two days of 9999: `postgres_types` gives an error.

#![cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]

#[cfg(any(feature = "chrono", feature = "time"))]
use postgres_protocol::types::timestamp_from_sql;
use postgres_protocol::types::{date_from_sql, time_from_sql};
use postgres_types::{Date, FromSql, Timestamp, Type};

use super::column_types;
#[cfg(feature = "jiff")]
use crate::ty::ColumnType;
use crate::{error::ValueError, ty::ReadError};

#[cfg(feature = "jiff")]
column_types! {
    jiff::Timestamp => [Timestamptz(None)], read_jiff_timestamp;
    jiff::civil::DateTime => [Timestamp(None)], read_jiff_date_time;
    jiff::civil::Date => [Date], read_date;
    jiff::civil::Time => [Time(None)], read_time;
    Timestamp<jiff::Timestamp> => [Timestamptz(None)];
    Timestamp<jiff::civil::DateTime> => [Timestamp(None)];
    Date<jiff::civil::Date> => [Date];
}

#[cfg(feature = "chrono")]
column_types! {
    chrono::DateTime<chrono::Utc> => [Timestamptz(None)], read_timestamp;
    chrono::DateTime<chrono::Local> => [Timestamptz(None)], read_timestamp;
    chrono::DateTime<chrono::FixedOffset> => [Timestamptz(None)], read_timestamp;
    chrono::NaiveDateTime => [Timestamp(None)], read_timestamp;
    chrono::NaiveDate => [Date], read_date;
    chrono::NaiveTime => [Time(None)], read_time;
    Timestamp<chrono::DateTime<chrono::Utc>> => [Timestamptz(None)];
    Timestamp<chrono::DateTime<chrono::Local>> => [Timestamptz(None)];
    Timestamp<chrono::DateTime<chrono::FixedOffset>> => [Timestamptz(None)];
    Timestamp<chrono::NaiveDateTime> => [Timestamp(None)];
    Date<chrono::NaiveDate> => [Date];
}

#[cfg(feature = "time")]
column_types! {
    time::OffsetDateTime => [Timestamptz(None)], read_timestamp;
    time::PrimitiveDateTime => [Timestamp(None)], read_timestamp;
    time::Date => [Date], read_date;
    time::Time => [Time(None)], read_time;
    Timestamp<time::OffsetDateTime> => [Timestamptz(None)];
    Timestamp<time::PrimitiveDateTime> => [Timestamp(None)];
    Date<time::Date> => [Date];
}

/// Reads a timestamp into a type without infinity.
#[cfg(any(feature = "chrono", feature = "time"))]
fn read_timestamp<'r, T: FromSql<'r>>(ty: &Type, raw: &'r [u8]) -> Result<T, ReadError> {
    match timestamp_from_sql(raw)? {
        i64::MIN | i64::MAX => Err(Box::new(ValueError::Infinite)),
        _ => T::from_sql(ty, raw),
    }
}

/// Reads a date into a type without infinity.
fn read_date<'r, T: FromSql<'r>>(ty: &Type, raw: &'r [u8]) -> Result<T, ReadError> {
    match date_from_sql(raw)? {
        i32::MIN | i32::MAX => Err(Box::new(ValueError::Infinite)),
        _ => T::from_sql(ty, raw),
    }
}

/// Reads a time of day into a type that ends before 24:00:00, where chrono and time would start again at 00:00:00.
fn read_time<'r, T: FromSql<'r>>(ty: &Type, raw: &'r [u8]) -> Result<T, ReadError> {
    const DAY: i64 = 24 * 60 * 60 * 1_000_000;
    match time_from_sql(raw)? {
        DAY => Err(Box::new(ValueError::EndOfDay)),
        _ => T::from_sql(ty, raw),
    }
}

/// Microseconds from the Unix epoch to PostgreSQL's, 2000-01-01 00:00:00 UTC.
#[cfg(feature = "jiff")]
const POSTGRES_EPOCH: i64 = 946_684_800_000_000;

/// Reads a timestamp; `FromSql` adds a calendar span to an instant, which takes five times as long.
#[cfg(feature = "jiff")]
#[inline]
fn read_jiff_timestamp(ty: &Type, raw: &[u8]) -> Result<jiff::Timestamp, ReadError> {
    let micros = <i64 as ColumnType>::read(ty, Some(raw))?;
    if let Some(micros) = micros.checked_add(POSTGRES_EPOCH)
        && let Ok(timestamp) = jiff::Timestamp::from_microsecond(micros)
    {
        return Ok(timestamp);
    }
    unusual_timestamp(micros, ty, raw)
}

#[cfg(feature = "jiff")]
fn read_jiff_date_time(ty: &Type, raw: &[u8]) -> Result<jiff::civil::DateTime, ReadError> {
    let micros = <i64 as ColumnType>::read(ty, Some(raw))?;
    // Instants end some hours before civil time does; what lies between takes the long way.
    if let Some(micros) = micros.checked_add(POSTGRES_EPOCH)
        && let Ok(timestamp) = jiff::Timestamp::from_microsecond(micros)
    {
        return Ok(jiff::tz::Offset::UTC.to_datetime(timestamp));
    }
    unusual_timestamp(micros, ty, raw)
}

#[cfg(feature = "jiff")]
#[cold]
fn unusual_timestamp<'r, T: FromSql<'r>>(
    micros: i64,
    ty: &Type,
    raw: &'r [u8],
) -> Result<T, ReadError> {
    match micros {
        i64::MIN | i64::MAX => Err(Box::new(ValueError::Infinite)),
        _ => T::from_sql(ty, raw),
    }
}
