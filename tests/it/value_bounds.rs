//! Values the server has and a Rust type has not: an error each, never another value.

use std::{error::Error as _, net::IpAddr};

use rust_decimal::Decimal;
use schema_core::{
    FromRow,
    error::{RowError, ValueError},
    range::Range,
    row::RowValue,
};

use crate::row::{One, one_row, row_error};

/// Reads an SQL expression as `T`, which cannot hold it.
async fn unreadable<T: for<'r> RowValue<'r>>(expression: &str) -> RowError {
    let (_database, client) = tests::client().await;
    let row = one_row(&client, &format!("SELECT {expression} AS value")).await;
    row_error(One::<T>::from_row(&row))
}

async fn assert_cause<T: for<'r> RowValue<'r>>(expressions: &[&str], cause: ValueError) {
    for expression in expressions {
        let error = unreadable::<T>(expression).await;
        let found = error
            .source()
            .and_then(|cause| cause.downcast_ref::<ValueError>());
        assert_eq!(found, Some(&cause), "{expression}");
    }
}

#[tokio::test]
async fn infinity_is_an_error_in_types_that_end() {
    let timestamptz = &["'infinity'::timestamptz", "'-infinity'::timestamptz"];
    assert_cause::<jiff::Timestamp>(timestamptz, ValueError::Infinite).await;
    assert_cause::<chrono::DateTime<chrono::Utc>>(timestamptz, ValueError::Infinite).await;
    assert_cause::<time::OffsetDateTime>(timestamptz, ValueError::Infinite).await;
    let timestamp = &["'infinity'::timestamp", "'-infinity'::timestamp"];
    assert_cause::<jiff::civil::DateTime>(timestamp, ValueError::Infinite).await;
    assert_cause::<chrono::NaiveDateTime>(timestamp, ValueError::Infinite).await;
    assert_cause::<time::PrimitiveDateTime>(timestamp, ValueError::Infinite).await;
    let date = &["'infinity'::date", "'-infinity'::date"];
    assert_cause::<jiff::civil::Date>(date, ValueError::Infinite).await;
    assert_cause::<chrono::NaiveDate>(date, ValueError::Infinite).await;
    assert_cause::<time::Date>(date, ValueError::Infinite).await;
    let inside = &["ARRAY['infinity'::date]"];
    assert_cause::<Vec<Option<jiff::civil::Date>>>(inside, ValueError::Infinite).await;
    let inside = &["daterange('2024-05-06', 'infinity')"];
    assert_cause::<Range<jiff::civil::Date>>(inside, ValueError::Infinite).await;
}

#[tokio::test]
async fn years_past_the_type_are_an_error() {
    for (year, expression) in [
        (10_000, "timestamptz '10000-01-01 00:00Z'"),
        (294_276, "timestamptz '294276-12-31 23:59Z'"),
    ] {
        let error = unreadable::<jiff::Timestamp>(expression).await;
        assert!(matches!(error, RowError::Value { .. }), "{year}: {error}");
        let error = unreadable::<time::OffsetDateTime>(expression).await;
        assert!(matches!(error, RowError::Value { .. }), "{year}: {error}");
    }
    let error = unreadable::<jiff::civil::DateTime>("timestamp '10000-01-01'").await;
    assert!(matches!(error, RowError::Value { .. }), "{error}");
    let error = unreadable::<chrono::NaiveDateTime>("timestamp '294276-12-31'").await;
    assert!(matches!(error, RowError::Value { .. }), "{error}");
    let error = unreadable::<chrono::NaiveDate>("date '5874897-12-31'").await;
    assert!(matches!(error, RowError::Value { .. }), "{error}");
    let error = unreadable::<jiff::civil::Date>("date '5874897-12-31'").await;
    assert!(matches!(error, RowError::Value { .. }), "{error}");
    let error = unreadable::<time::Date>("date '5874897-12-31'").await;
    assert!(matches!(error, RowError::Value { .. }), "{error}");
}

#[tokio::test]
async fn the_end_of_the_day_is_not_its_start() {
    let expression = &["'24:00:00'::time"];
    assert_cause::<jiff::civil::Time>(expression, ValueError::EndOfDay).await;
    assert_cause::<chrono::NaiveTime>(expression, ValueError::EndOfDay).await;
    assert_cause::<time::Time>(expression, ValueError::EndOfDay).await;
}

#[tokio::test]
async fn a_network_is_not_an_address() {
    assert_cause::<IpAddr>(&["'10.0.0.0/8'::inet"], ValueError::Network { prefix: 8 }).await;
    assert_cause::<IpAddr>(&["'::1/32'::inet"], ValueError::Network { prefix: 32 }).await;
}

#[tokio::test]
async fn a_numeric_past_the_decimal_is_an_error() {
    for expression in [
        "'NaN'::numeric",
        "'infinity'::numeric",
        "1e29::numeric",
        "1e1000::numeric",
    ] {
        let error = unreadable::<Decimal>(expression).await;
        assert!(
            matches!(error, RowError::Value { .. }),
            "{expression}: {error}"
        );
    }
}

#[tokio::test]
async fn null_has_no_place_in_a_plain_type() {
    assert!(matches!(
        unreadable::<i32>("NULL::int").await,
        RowError::UnexpectedNull(_)
    ));
    assert!(matches!(
        unreadable::<String>("NULL::text").await,
        RowError::UnexpectedNull(_)
    ));
    let timestamp = unreadable::<jiff::Timestamp>("NULL::timestamptz").await;
    assert!(matches!(timestamp, RowError::UnexpectedNull(_)));
    assert!(matches!(
        unreadable::<Vec<i32>>("NULL::int[]").await,
        RowError::UnexpectedNull(_)
    ));
}

#[tokio::test]
async fn null_has_no_place_in_an_array_of_a_plain_type() {
    let error = unreadable::<Vec<i32>>("ARRAY[1, NULL]").await;
    assert!(matches!(error, RowError::Value { .. }), "{error}");
}

#[tokio::test]
async fn an_array_of_arrays_is_an_error() {
    let error = unreadable::<Vec<i32>>("ARRAY[[1, 2], [3, 4]]").await;
    assert!(
        error
            .source()
            .unwrap()
            .to_string()
            .contains("more than one dimension")
    );
}

#[tokio::test]
async fn the_last_day_of_jiff_is_read_though_it_is_past_its_last_instant() {
    let (_database, client) = tests::client().await;
    let row = one_row(
        &client,
        "SELECT timestamp '9999-12-31 23:59:59.999999' AS value",
    )
    .await;
    let read = One::<jiff::civil::DateTime>::from_row(&row).unwrap().0;
    assert_eq!(read.to_string(), "9999-12-31T23:59:59.999999");
}
