//! Every Rust type with an SQL type, into a column and back, with the extremes of each.

use std::{fmt::Debug, net::IpAddr, ops::Bound};

use rust_decimal::{Decimal, dec};
use schema_core::{
    json::Json,
    postgres_types::{Date, FromSql, Timestamp, ToSql, Type},
    range::{Multirange, Range},
    row::RowMapper,
    ty::{ColumnType, TypeDef},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::macros::{date, datetime, time};
use tokio_postgres::Client;

use crate::row::One;

/// Sends each value through a column of each of its SQL types, alone and in an array with a NULL.
async fn assert_round_trips<T>(values: impl IntoIterator<Item = T>)
where
    T: ColumnType + Clone + PartialEq + Debug,
{
    let (_database, client) = tests::client().await;
    // Another test may be making it at this moment, which is as good.
    let _ = client
        .batch_execute("CREATE EXTENSION IF NOT EXISTS citext")
        .await;
    for value in values {
        for ty in T::SQL_TYPES {
            assert_one(&client, ty, &value).await;
        }
    }
}

async fn assert_one<T>(client: &Client, ty: &TypeDef, value: &T)
where
    T: ColumnType + Clone + PartialEq + Debug,
{
    let name = sql_name(ty);
    let text = format!("SELECT $1::{name} AS value");
    let statement = client.prepare(&text).await.unwrap();
    let sql_type = &statement.params()[0];
    assert!(
        <T as FromSql>::accepts(sql_type) && <T as ToSql>::accepts(sql_type),
        "{name}"
    );

    let row = client.query_one(&statement, &[value]).await;
    let row = row.unwrap_or_else(|error| panic!("{value:?} as {name}: {error:?}"));
    let read = RowMapper::<One<T>>::by_position().read(&row).unwrap().0;
    assert_eq!(&read, value, "{name}");

    let array = vec![Some(value.clone()), None, Some(value.clone())];
    let text = format!("SELECT $1::{name}[] AS value");
    let row = client.query_one(&text, &[&array]).await.unwrap();
    let read = RowMapper::<One<Vec<Option<T>>>>::by_position()
        .read(&row)
        .unwrap()
        .0;
    assert_eq!(read, array, "{name}[]");
}

fn sql_name(ty: &TypeDef) -> &'static str {
    match ty {
        TypeDef::Boolean => "boolean",
        TypeDef::SmallInt => "smallint",
        TypeDef::Integer => "integer",
        TypeDef::BigInt => "bigint",
        TypeDef::Oid => "oid",
        TypeDef::Real => "real",
        TypeDef::DoublePrecision => "double precision",
        TypeDef::Numeric(None) => "numeric",
        TypeDef::Text => "text",
        TypeDef::Varchar(None) => "varchar",
        // Without a length it would cut all but the first character.
        TypeDef::Char(None) => "bpchar",
        TypeDef::Citext => "citext",
        TypeDef::Bytea => "bytea",
        TypeDef::Date => "date",
        TypeDef::Time(None) => "time",
        TypeDef::Timestamp(None) => "timestamp",
        TypeDef::Timestamptz(None) => "timestamptz",
        TypeDef::Uuid => "uuid",
        TypeDef::Json => "json",
        TypeDef::Jsonb => "jsonb",
        TypeDef::Inet => "inet",
        TypeDef::Cidr => "cidr",
        TypeDef::Macaddr => "macaddr",
        TypeDef::Int4Range => "int4range",
        TypeDef::Int8Range => "int8range",
        TypeDef::NumRange => "numrange",
        TypeDef::TsRange => "tsrange",
        TypeDef::TstzRange => "tstzrange",
        TypeDef::DateRange => "daterange",
        TypeDef::Int4Multirange => "int4multirange",
        TypeDef::Int8Multirange => "int8multirange",
        TypeDef::NumMultirange => "nummultirange",
        TypeDef::TsMultirange => "tsmultirange",
        TypeDef::TstzMultirange => "tstzmultirange",
        TypeDef::DateMultirange => "datemultirange",
        other => panic!("no test of {other:?}"),
    }
}

#[tokio::test]
async fn booleans_and_integers_come_back() {
    assert_round_trips([true, false]).await;
    assert_round_trips([i16::MIN, -1, 0, i16::MAX]).await;
    assert_round_trips([i32::MIN, -1, 0, i32::MAX]).await;
    assert_round_trips([i64::MIN, -1, 0, i64::MAX]).await;
    assert_round_trips([0, u32::MAX]).await;
}

#[tokio::test]
async fn floats_come_back_with_infinities_and_the_smallest() {
    let f32s = [
        f32::MIN,
        f32::MAX,
        f32::MIN_POSITIVE,
        -0.0,
        f32::INFINITY,
        f32::NEG_INFINITY,
    ];
    assert_round_trips(f32s).await;
    let f64s = [
        f64::MIN,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    assert_round_trips(f64s).await;
}

#[tokio::test]
async fn nan_comes_back_as_nan() {
    let (_database, client) = tests::client().await;
    let row = client
        .query_one("SELECT $1::real, $2::float8", &[&f32::NAN, &f64::NAN])
        .await;
    let row = row.unwrap();
    let (single, double): (One<f32>, One<f64>) = schema_core::FromRow::from_row(&row).unwrap();
    assert!(single.0.is_nan() && double.0.is_nan());
}

#[tokio::test]
async fn texts_come_back_from_nothing_to_a_megabyte() {
    let texts = ["", " blanks ", "ä€🦀\u{1}", "\"quotes\" 'and' \\"].map(String::from);
    assert_round_trips(texts).await;
    assert_round_trips(["x".repeat(1 << 20)]).await;
    assert_round_trips([Box::<str>::from("boxed")]).await;
}

#[tokio::test]
async fn bytes_come_back_from_nothing_to_a_megabyte() {
    let all: Vec<u8> = (0..=255).collect();
    assert_round_trips([vec![], all, vec![0xff; 1 << 20]]).await;
}

#[tokio::test]
async fn arrays_come_back_empty_and_with_nulls_only() {
    let (_database, client) = tests::client().await;
    for array in [vec![], vec![None], vec![None, None]] {
        let array: Vec<Option<i32>> = array;
        let row = client
            .query_one("SELECT $1::int[] AS value", &[&array])
            .await
            .unwrap();
        let read = RowMapper::<One<Vec<Option<i32>>>>::by_position()
            .read(&row)
            .unwrap();
        assert_eq!(read.0, array);
    }
}

#[tokio::test]
async fn json_comes_back_typed_and_untyped() {
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Settings {
        theme: String,
        sizes: Vec<Option<u8>>,
    }
    let settings = Settings {
        theme: "dark \u{1F319}".to_owned(),
        sizes: vec![Some(1), None],
    };
    assert_round_trips([Json(settings)]).await;
    assert_round_trips([
        json!(null),
        json!({"a": [1, 2.5, "x", null, true]}),
        json!(""),
    ])
    .await;
}

#[tokio::test]
async fn uuids_come_back() {
    assert_round_trips([
        uuid::Uuid::nil(),
        uuid::Uuid::max(),
        uuid::Uuid::from_u128(1 << 77),
    ])
    .await;
}

#[tokio::test]
async fn decimals_come_back_at_their_largest_and_smallest() {
    let smallest = Decimal::from_i128_with_scale(1, 28);
    let decimals = [
        Decimal::MIN,
        Decimal::MAX,
        smallest,
        -smallest,
        dec!(0),
        dec!(10.2500),
    ];
    assert_round_trips(decimals).await;
}

#[tokio::test]
async fn addresses_come_back() {
    let addresses = ["0.0.0.0", "255.255.255.255", "::", "2001:db8::1"];
    assert_round_trips(addresses.map(|address| address.parse::<IpAddr>().unwrap())).await;
    let networks = ["10.1.2.3/8", "10.1.2.3/32", "2001:db8::1/0", "::1/128"];
    assert_round_trips(networks.map(|network| network.parse::<cidr::IpInet>().unwrap())).await;
    let networks = ["0.0.0.0/0", "10.0.0.0/8", "2001:db8::/32"];
    assert_round_trips(networks.map(|network| network.parse::<cidr::IpCidr>().unwrap())).await;
    let macs = [eui48::MacAddress::nil(), eui48::MacAddress::broadcast()];
    assert_round_trips(macs).await;
}

#[tokio::test]
async fn jiff_comes_back_at_its_ends() {
    use jiff::civil::{self, date, time};
    let epoch: jiff::Timestamp = "2000-01-01T00:00:00Z".parse().unwrap();
    let before: jiff::Timestamp = "1999-12-31T23:59:59.999999Z".parse().unwrap();
    let first: jiff::Timestamp = "-004712-01-01T00:00:00Z".parse().unwrap();
    let last: jiff::Timestamp = "9999-12-30T22:00:00.999999Z".parse().unwrap();
    assert_round_trips([epoch, before, first, last, jiff::Timestamp::UNIX_EPOCH]).await;

    let last_micro = civil::Time::MAX.with().nanosecond(0).build().unwrap();
    // postgres-types does not write jiff's date-times of the last two days of 9999.
    let dates = [
        date(-4712, 1, 1),
        date(9999, 12, 29),
        date(2000, 1, 1),
        date(1999, 12, 31),
    ];
    assert_round_trips(dates.map(|date| date.to_datetime(last_micro))).await;
    assert_round_trips(dates.map(|date| date.at(0, 0, 0, 1_000))).await;
    assert_round_trips(dates).await;
    assert_round_trips([civil::Date::MAX]).await;
    assert_round_trips([civil::Time::MIN, last_micro, time(12, 34, 56, 789_000)]).await;
}

#[tokio::test]
async fn chrono_comes_back_at_its_ends() {
    use chrono::{FixedOffset, Local, NaiveDate, NaiveTime, TimeZone as _, Utc};
    let last_micro = NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap();
    let dates = [
        NaiveDate::from_ymd_opt(-4712, 1, 1).unwrap(),
        NaiveDate::MAX.pred_opt().unwrap(),
        NaiveDate::from_ymd_opt(1999, 12, 31).unwrap(),
    ];
    let moments = dates.map(|date| date.and_time(last_micro));
    assert_round_trips(moments.map(|moment| Utc.from_utc_datetime(&moment))).await;
    assert_round_trips(moments.map(|moment| Local.from_utc_datetime(&moment))).await;
    let offset = FixedOffset::east_opt(0).unwrap();
    assert_round_trips(moments.map(|moment| offset.from_utc_datetime(&moment))).await;
    assert_round_trips(moments).await;
    assert_round_trips(dates).await;
    assert_round_trips([NaiveTime::MIN, last_micro]).await;
}

#[tokio::test]
async fn time_comes_back_at_its_ends() {
    let moments = [
        datetime!(-4712-01-01 00:00),
        datetime!(9999-12-31 23:59:59.999999),
        datetime!(1999-12-31 23:59:59.999999),
    ];
    assert_round_trips(moments.map(time::PrimitiveDateTime::assume_utc)).await;
    assert_round_trips(moments).await;
    assert_round_trips([date!(-4712 - 01 - 01), time::Date::MAX]).await;
    assert_round_trips([time::Time::MIDNIGHT, time!(23:59:59.999999)]).await;
}

#[tokio::test]
async fn infinity_comes_back_in_the_types_that_have_it() {
    let now: jiff::Timestamp = "2024-05-06T07:08:09.123456Z".parse().unwrap();
    assert_round_trips([
        Timestamp::PosInfinity,
        Timestamp::NegInfinity,
        Timestamp::Value(now),
    ])
    .await;
    let civil = jiff::civil::date(2024, 5, 6);
    assert_round_trips([Date::PosInfinity, Date::NegInfinity, Date::Value(civil)]).await;
    let civil = civil.at(7, 8, 9, 0);
    assert_round_trips([Timestamp::PosInfinity, Timestamp::Value(civil)]).await;
    assert_round_trips([
        Timestamp::NegInfinity,
        Timestamp::Value(chrono::DateTime::UNIX_EPOCH),
    ])
    .await;
    assert_round_trips([Date::NegInfinity, Date::Value(chrono::NaiveDate::default())]).await;
    assert_round_trips([
        Timestamp::PosInfinity,
        Timestamp::Value(datetime!(2024-05-06 0:00 UTC)),
    ])
    .await;
    assert_round_trips([Date::PosInfinity, Date::Value(date!(2024 - 05 - 06))]).await;
}

#[tokio::test]
async fn ranges_come_back_with_every_kind_of_bound() {
    let int = [
        Range::Empty,
        Range::from(1..3),
        Range::from(i32::MIN..),
        Range::from(..0),
    ];
    assert_round_trips(int).await;
    let everything = Range::Between(Bound::Unbounded, Bound::Unbounded);
    assert_round_trips([everything, Range::from(i64::MIN..i64::MAX)]).await;
    let after = (Bound::Excluded(dec!(0.5)), Bound::Included(dec!(0.5001)));
    assert_round_trips([
        Range::Between(after.0, after.1),
        Range::from(dec!(1)..=dec!(1)),
    ])
    .await;
    let (first, last) = (
        jiff::Timestamp::UNIX_EPOCH,
        "2024-05-06T07:08:09Z".parse().unwrap(),
    );
    assert_round_trips([Range::from(first..=last), Range::from(..=last)]).await;
    let day = jiff::civil::date(2024, 5, 6);
    assert_round_trips([Range::from(day..jiff::civil::Date::MAX)]).await;
    assert_round_trips([Range::from(day.at(1, 2, 3, 0)..=day.at(4, 5, 6, 7_000))]).await;
    assert_round_trips([Range::from(date!(2024 - 05 - 06)..)]).await;
    assert_round_trips([Range::from(datetime!(2024-05-06 0:00)..)]).await;
    assert_round_trips([Range::from(datetime!(2024-05-06 0:00 UTC)..)]).await;
    let day = chrono::NaiveDate::from_ymd_opt(2024, 5, 6).unwrap();
    assert_round_trips([Range::from(day..)]).await;
    assert_round_trips([Range::from(day.and_hms_opt(1, 2, 3).unwrap()..)]).await;
    assert_round_trips([Range::from(..day.and_hms_opt(1, 2, 3).unwrap().and_utc())]).await;
}

#[tokio::test]
async fn multiranges_come_back_of_every_type() {
    let numbers = [
        Multirange::empty(),
        Multirange::from([Range::from(..-3), Range::from(0..2), Range::from(7..)]),
    ];
    assert_round_trips(numbers).await;
    assert_round_trips([Multirange::from([Range::from(0..2_i64)])]).await;
    let decimals = Range::Between(Bound::Excluded(dec!(0.1)), Bound::Included(dec!(2)));
    assert_round_trips([Multirange::from([decimals])]).await;
    let day = |day| jiff::civil::date(2024, 1, day);
    assert_round_trips([Multirange::from([Range::from(day(1)..day(3))])]).await;
    let noon = |at| day(at).at(12, 0, 0, 0);
    assert_round_trips([Multirange::from([Range::from(noon(1)..=noon(3))])]).await;
    let instant = |second| jiff::Timestamp::from_second(second).unwrap();
    assert_round_trips([Multirange::from([Range::from(instant(0)..instant(9))])]).await;
}

#[tokio::test]
async fn ranges_and_multiranges_hold_the_times_of_every_crate() {
    let day = date!(2024 - 01 - 02);
    assert_round_trips([Range::from(day..)]).await;
    assert_round_trips([Multirange::from([Range::from(day..)])]).await;
    let instant = datetime!(2024-01-02 03:04:05 UTC);
    assert_round_trips([Multirange::from([Range::from(instant..)])]).await;
    let civil = datetime!(2024-01-02 03:04:05);
    assert_round_trips([Multirange::from([Range::from(civil..)])]).await;
    let day = chrono::NaiveDate::from_ymd_opt(2024, 1, 2).unwrap();
    assert_round_trips([Range::from(day..)]).await;
    let civil = day.and_hms_opt(3, 4, 5).unwrap();
    assert_round_trips([Multirange::from([Range::from(civil..)])]).await;
    let instant = civil.and_utc();
    assert_round_trips([Multirange::from([Range::from(instant..)])]).await;
    assert_round_trips([Range::from(instant.fixed_offset()..)]).await;
    assert_round_trips([Range::from(instant.with_timezone(&chrono::Local)..)]).await;
}

#[tokio::test]
async fn a_range_may_end_at_infinity() {
    let until = Range::Between(
        Bound::Included(Timestamp::Value(jiff::Timestamp::UNIX_EPOCH)),
        Bound::Excluded(Timestamp::PosInfinity),
    );
    assert_round_trips([until]).await;
    assert_round_trips([Multirange::from([until])]).await;
    let always = Range::Between(
        Bound::Included(Date::<jiff::civil::Date>::NegInfinity),
        Bound::Unbounded,
    );
    assert_round_trips([always]).await;
}

#[tokio::test]
async fn the_server_joins_the_ranges_of_a_multirange() {
    let (_database, client) = tests::client().await;
    let written = Multirange::from([Range::from(5..7), Range::Empty, Range::from(1..=4)]);
    let row = client
        .query_one("SELECT $1::int4multirange AS value", &[&written])
        .await
        .unwrap();
    let read = RowMapper::<One<Multirange<i32>>>::by_position().read(&row);
    assert_eq!(read.unwrap().0, Multirange::from([Range::from(1..7)]));
}

#[tokio::test]
async fn the_server_rewrites_a_range_of_integers() {
    let (_database, client) = tests::client().await;
    let row = client
        .query_one("SELECT $1::int4range AS value", &[&Range::from(1..=3)])
        .await;
    let read = RowMapper::<One<Range<i32>>>::by_position()
        .read(&row.unwrap())
        .unwrap();
    assert_eq!(read.0, Range::from(1..4));
}

#[tokio::test]
async fn a_domain_is_read_as_its_base_type() {
    let (_database, client) = tests::client().await;
    client
        .batch_execute("CREATE DOMAIN pg_temp.positive AS int CHECK (VALUE > 0)")
        .await
        .unwrap();
    let row = client
        .query_one("SELECT 7::pg_temp.positive AS value", &[])
        .await
        .unwrap();
    assert_eq!(row.columns()[0].type_(), &Type::INT4);
    assert_eq!(
        RowMapper::<One<i32>>::by_position().read(&row).unwrap().0,
        7
    );
}
