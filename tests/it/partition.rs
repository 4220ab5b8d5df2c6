//! Partitions: made as declared, and rows through the table into them.

use jiff::civil::{Date, date};
use schema_core::{
    FromRow, Id, SqlEnum, Table, ddl,
    error::SchemaError,
    schema::{Partition, Schema},
    statement,
};
use tests::client;
use tokio_postgres::Client;

use crate::ddl::assert_created;

/// By range of numbers, with a reference to itself.
#[derive(Table, Debug, PartialEq)]
#[table(
    name = "events",
    index(parent, id desc),
    index(sql("lower({title})")),
    check(sql("id <> 0")),
    partition_by = range(id),
    partition(name = "events_below", from = minvalue, to = 0),
    partition(name = "events_0", from = 0, to = 1_000, comment = "It's the \"first\" one."),
    partition(name = "events_above", from = 1_000, to = maxvalue),
)]
struct Event {
    #[column(primary_key)]
    id: i64,
    #[column(references = Self)]
    parent: Option<i64>,
    #[column(index(name = "titles"))]
    title: String,
}

/// With as many constraints more as the referenced table has partitions.
#[derive(Table, Debug, PartialEq)]
#[table(
    name = "replies",
    foreign_key(columns(event), references = Event(id), on_delete = cascade),
)]
struct Reply {
    #[column(primary_key)]
    id: Id<Reply>,
    #[column(references = Event)]
    event: i64,
}

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Region {
    Europe,
    Asia,
    #[sql_enum(name = "it's else, where (or so)")]
    Elsewhere,
}

/// By list, then by range of two columns, then by hash.
#[derive(Table, Debug, PartialEq)]
#[table(
    name = "Sales",
    namespace = "shop",
    no_primary_key,
    partition_by = list(region),
    partition(name = "Sales europe", in("europe", "it's else, where (or so)", "europe"),
        partition_by = range(day, amount),
        partition(name = "early", from(minvalue, minvalue), to("2026-01-01", 0)),
        partition(name = "late", from("2026-01-01", 0), to("2026-01-01", maxvalue)),
        partition(name = "rest", namespace = "archive", default, partition_by = hash(clerk), partitions = 3),
    ),
    partition(name = "Sales asia", in = "asia"),
    partition(name = "no sales", in(null), comment = "Nowhere."),
)]
struct Sale {
    region: Option<Region>,
    day: Date,
    amount: i32,
    clerk: i64,
}

/// By hash with moduli that fit together, and with a name as long as one may be.
#[derive(Table, Debug, PartialEq)]
#[table(
    name = "sessions",
    primary_key(token, is_open),
    partition_by = hash(token),
    partition(name = "sessions_a", modulus = 2, remainder = 1),
    partition(name = "sessions_b", modulus = 4, remainder = 0, partition_by = list(is_open),
        partition(name = "open", in = true), partition(name = "closed", in = false)),
    partition(name = "sessions_with_a_name_as_long_as_one_that_the_server_takes_whole", modulus = 4, remainder = 2),
)]
struct Session {
    token: String,
    is_open: bool,
}

fn schema() -> Schema {
    let tables = [Reply::ENTRY, Event::ENTRY, Sale::ENTRY, Session::ENTRY];
    Schema::from_tables(&tables).unwrap()
}

async fn created(client: &Client) {
    for statement in ddl::create(&schema()) {
        client.batch_execute(&statement).await.unwrap();
    }
}

#[tokio::test]
async fn partitions_are_made_as_declared_at_all_levels() {
    let (_database, client) = client().await;
    let schema = schema();
    let namespaces = schema.namespaces.iter().map(|name| name.name.as_str());
    assert_eq!(namespaces.collect::<Vec<_>>(), ["archive", "shop"]);
    let sales = schema.table("shop", "Sales").unwrap();
    let names = sales.partitions();
    let names = names
        .iter()
        .map(|(parent, partition)| format!("{} of {}", partition.table.name.name, parent.name));
    let names: Vec<String> = names.collect();
    assert_eq!(
        names[..2],
        ["Sales europe of Sales", "early of Sales europe"]
    );
    assert_eq!(names[4], "rest_p0 of rest");
    assert_created(&client, schema, "partitions").await;
}

#[tokio::test]
async fn rows_go_through_the_table_into_their_partitions_and_come_back() {
    let (_database, client) = client().await;
    created(&client).await;
    let event = |id: i64, parent: Option<i64>| Event {
        id,
        parent,
        title: format!("event {id}"),
    };
    for event in [event(-1, None), event(999, Some(-1)), event(1000, None)] {
        statement::insert(&client, &event).await.unwrap();
    }
    let sql = "SELECT tableoid::regclass::text FROM events ORDER BY id";
    let rows = client.query(sql, &[]).await.unwrap();
    let partitions: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(partitions, ["events_below", "events_0", "events_above"]);
    let sql = "SELECT * FROM events WHERE id = 999";
    let row = client.query_one(sql, &[]).await.unwrap();
    assert_eq!(Event::from_row(&row).unwrap(), event(999, Some(-1)));
    let sale = |region, day| Sale {
        region,
        day,
        amount: 1,
        clerk: 7,
    };
    let sales = [
        (sale(None, date(2026, 1, 1)), "shop.\"no sales\""),
        (
            sale(Some(Region::Asia), date(2020, 1, 1)),
            "shop.\"Sales asia\"",
        ),
        (
            sale(Some(Region::Elsewhere), date(2025, 12, 31)),
            "shop.early",
        ),
        (sale(Some(Region::Europe), date(2026, 1, 1)), "shop.late"),
        (
            sale(Some(Region::Europe), date(2027, 1, 1)),
            "archive.rest_p",
        ),
    ];
    for (sale, partition) in sales {
        let sql = "SELECT tableoid::regclass::text FROM shop.\"Sales\" WHERE day = $1 AND region IS NOT DISTINCT FROM $2";
        statement::insert(&client, &sale).await.unwrap();
        let row = client.query_one(sql, &[&sale.day, &sale.region]).await;
        let found: String = row.unwrap().get(0);
        assert!(found.starts_with(partition), "{found} {partition}");
    }
}

#[test]
fn a_partition_is_one_statement() {
    let schema = schema();
    let sessions = schema.table("public", "sessions").unwrap();
    let statements: Vec<String> = sessions
        .partitions()
        .iter()
        .map(|(parent, partition): &(_, &Partition)| ddl::create_partition(parent, partition))
        .collect();
    assert_eq!(
        statements[..3],
        [
            "CREATE TABLE sessions_a PARTITION OF sessions\n    FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
            "CREATE TABLE sessions_b PARTITION OF sessions\n    FOR VALUES WITH (MODULUS 4, REMAINDER 0) PARTITION BY LIST (is_open)",
            "CREATE TABLE open PARTITION OF sessions_b\n    FOR VALUES IN (true)",
        ]
    );
}

#[tokio::test]
async fn a_bound_may_be_an_expression() {
    #[derive(Table)]
    #[table(
        name = "years",
        no_primary_key,
        partition_by = range(year),
        partition(name = "first", from = sql("1 + 1 -- and no more"), to = sql("greatest(3, 4)")),
        partition(name = "second", from = 4.0, to = sql("5")),
    )]
    struct Year {
        #[column(type = numeric(10, 2))]
        year: rust_decimal::Decimal,
    }
    let (_database, client) = client().await;
    client.batch_execute(&Year::ddl().unwrap()).await.unwrap();
    let sql = "INSERT INTO years VALUES (2), (4.5) RETURNING tableoid::regclass::text";
    let rows = client.query(sql, &[]).await.unwrap();
    let partitions: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(partitions, ["first", "second"]);
}

#[tokio::test]
async fn the_names_of_a_partitions_indexes_are_taken() {
    #[derive(Table)]
    #[table(name = "logs", partition_by = range(id), partition(name = "logs_1", default))]
    struct Log {
        #[column(primary_key)]
        id: i64,
    }
    #[derive(Table)]
    #[table(name = "logs_1_pkey")]
    struct Other {
        #[column(primary_key)]
        id: i64,
    }
    let clash = Schema::from_tables(&[Log::ENTRY, Other::ENTRY]).unwrap_err();
    assert!(matches!(clash, SchemaError::NameClash { .. }), "{clash}");
    // What comes first keeps its name, and the server numbers the index.
    let (_database, client) = client().await;
    let schema = Schema::from_tables(&[Other::ENTRY, Log::ENTRY]).unwrap();
    assert_created(&client, schema, "the index comes second").await;
}
