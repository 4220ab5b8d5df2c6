//! Enum types, domains and composite types: made as declared, and in rows both ways.

mod arrays;
mod own;
mod refused;

use schema_core::{FromRow, Id, SqlComposite, SqlDomain, SqlEnum, Table, ddl, schema::Schema};
use tests::client;
use tokio_postgres::Client;

use crate::ddl::assert_created;

/// What somebody is up to:
///   'it' or "that".
#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
#[sql_enum(name = "Status of it", namespace = "Other one")]
enum Status {
    Online,
    DoNotDisturb,
    #[sql_enum(name = "it's \"away\", {or} \\ so")]
    Away,
    #[sql_enum(name = "größer als 日本")]
    Big,
    #[sql_enum(name = "")]
    Nothing,
    #[sql_enum(name = "NULL")]
    Null,
}

/// An enum type by the name of one of PostgreSQL's own types.
#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Date {
    Early,
    Late,
}

/// Where mail goes.
#[derive(SqlDomain, Debug, Clone, PartialEq, Eq)]
#[sql_domain(
    type = varchar(40),
    check = sql("(VALUE)::text ~ '@'::text"),
    check(sql("(VALUE)::text <> ''::text"), name = "not empty"),
    check = sql("length((VALUE)::text) > 2"),
    default = "a@b.c",
    collate = "C",
)]
struct Email(String);

/// A domain over a domain.
#[derive(SqlDomain, Debug, Clone, PartialEq, Eq)]
#[sql_domain(check = sql("(VALUE)::text ~ '^.{{2}}'::text"))]
struct WorkEmail {
    email: Email,
}

#[derive(SqlDomain, Debug, Clone, PartialEq, Eq)]
#[sql_domain(not_null, default = "online")]
struct Known(Status);

#[derive(SqlDomain, Debug, Clone, PartialEq, Eq)]
#[sql_domain(check = sql("cardinality(VALUE) < 4"))]
struct Few(Vec<i32>);

/// A place.
#[derive(SqlComposite, Debug, Clone, PartialEq)]
#[sql_composite(namespace = "audit")]
struct Place {
    /// With its number.
    #[sql_composite(name = "the street", collate = "C")]
    street: String,
    #[sql_composite(type = varchar(10))]
    zip: Option<String>,
    contact: Email,
    statuses: Vec<Status>,
    r#type: i64,
}

/// A composite type in another.
#[derive(SqlComposite, Debug, Clone, PartialEq)]
struct Journey {
    from: Place,
    stops: Vec<Option<Place>>,
    few: Option<Few>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "travellers")]
struct Traveller {
    #[column(primary_key)]
    id: i64,
    #[column(default = "it's \"away\", {or} \\ so")]
    status: Status,
    maybe: Option<Status>,
    #[column(default = "{}")]
    statuses: Vec<Status>,
    some: Option<Vec<Option<Status>>>,
    date: Date,
    email: Email,
    #[column(unique)]
    work: Option<WorkEmail>,
    emails: Vec<Email>,
    known: Known,
    few: Few,
    home: Place,
    journey: Option<Journey>,
    journeys: Vec<Journey>,
}

fn schema() -> Schema {
    Schema::from_tables(&[Traveller::ENTRY]).unwrap()
}

async fn created(client: &Client) {
    for statement in ddl::create(&schema()) {
        client.batch_execute(&statement).await.unwrap();
    }
}

fn place() -> Place {
    Place {
        street: "\"Main\", (1)".into(),
        zip: None,
        contact: Email("me@home".into()),
        statuses: vec![Status::Away, Status::Nothing],
        r#type: -1,
    }
}

fn traveller(id: i64) -> Traveller {
    Traveller {
        id,
        status: Status::Away,
        maybe: None,
        statuses: vec![Status::Big, Status::Nothing, Status::Null],
        some: Some(vec![None, Some(Status::DoNotDisturb)]),
        date: Date::Late,
        email: Email("x@y.z".into()),
        work: None,
        emails: vec![Email("a@b.c".into())],
        known: Known(Status::Online),
        few: Few(vec![1, 2]),
        home: place(),
        journey: None,
        journeys: Vec::new(),
    }
}

#[tokio::test]
async fn types_are_made_before_tables_and_read_back_as_declared() {
    let (_database, client) = client().await;
    let schema = schema();
    let names = |names: Vec<&str>| names.join(" ");
    let enums = schema.enums.iter().map(|ty| ty.name.name.as_str());
    assert_eq!(names(enums.collect()), "Status of it date");
    let domains = schema.domains.iter().map(|ty| ty.name.name.as_str());
    assert_eq!(names(domains.collect()), "email few known work_email");
    assert_created(&client, schema, "types").await;
}

#[tokio::test]
async fn rows_with_types_of_the_users_own_come_back_as_they_were_written() {
    let (_database, client) = client().await;
    created(&client).await;
    let journey = Journey {
        from: place(),
        stops: vec![None, Some(place())],
        few: Some(Few(vec![])),
    };
    let full = Traveller {
        maybe: Some(Status::DoNotDisturb),
        work: Some(WorkEmail {
            email: Email("me@work".into()),
        }),
        journey: Some(journey.clone()),
        journeys: vec![journey],
        ..traveller(2)
    };
    for written in [traveller(1), full] {
        let params: Vec<_> = written.params();
        let numbers: Vec<String> = (1..=params.len()).map(|at| format!("${at}")).collect();
        let sql = format!("INSERT INTO travellers VALUES ({})", numbers.join(", "));
        let params = params.iter().map(|param| param as _);
        client
            .query(&sql, &params.collect::<Vec<_>>())
            .await
            .unwrap();
        let sql = "SELECT * FROM travellers WHERE id = $1";
        let row = client.query_one(sql, &[&written.id]).await.unwrap();
        assert_eq!(Traveller::from_row(&row).unwrap(), written);
    }
}

#[tokio::test]
async fn what_a_domain_forbids_the_server_refuses() {
    let (_database, client) = client().await;
    created(&client).await;
    let sql = "INSERT INTO travellers (id, date, emails, known, few, home, journeys, email)
        VALUES (1, 'early', '{}', 'online', '{}', NULL, '{}', $1)";
    let refused = client.query(sql, &[&Email("nowhere".into())]).await;
    let error = refused.unwrap_err();
    assert_eq!(
        error.as_db_error().unwrap().constraint(),
        Some("email_check")
    );
}

#[tokio::test]
async fn defaults_of_columns_and_domains_hold() {
    #[derive(Table, Debug, PartialEq)]
    #[table(name = "accounts")]
    struct Account {
        #[column(primary_key)]
        id: Id<Account>,
        #[column(default = "do_not_disturb")]
        status: Status,
        email: Email,
    }
    let (_database, client) = client().await;
    for statement in ddl::create(&Schema::from_tables(&[Account::ENTRY]).unwrap()) {
        client.batch_execute(&statement).await.unwrap();
    }
    let row = client
        .query_one("INSERT INTO accounts (id) VALUES (7) RETURNING *", &[])
        .await
        .unwrap();
    let account = Account::from_row(&row).unwrap();
    assert_eq!(account.status, Status::DoNotDisturb);
    assert_eq!(account.email, Email("a@b.c".into()));
}
