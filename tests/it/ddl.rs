//! The DDL is accepted by the server, and the catalogs then hold what the definitions say.

mod features;
mod placeholder;
mod refused;
mod security;

use schema_core::{
    ddl,
    def::{ColumnDef, KeyDef, Location, TableDef, TableEntry, TableName},
    schema::{Schema, Table},
    ty::TypeDef,
};
use tests::{
    catalog, client,
    definitions::{self, References},
    random::Random,
};
use tokio_postgres::Client;

/// Says where a definition stands.
const HERE: Location = Location {
    rust_name: "Probe",
    file: "tests/it/ddl.rs",
    line: 1,
    column: 1,
};

/// A table with nothing but a number `id`, its primary key.
const fn probe(name: &'static str) -> TableDef {
    const COLUMNS: &[ColumnDef] = &[number("id")];
    TableDef {
        columns: COLUMNS,
        primary_key: Some(KeyDef::new(&["id"])),
        ..TableDef::new(TableName::new("public", name), HERE)
    }
}

const fn number(name: &'static str) -> ColumnDef {
    ColumnDef::with_type(name, name, TypeDef::BigInt, false)
}

const fn of_type(name: &'static str, sql_type: TypeDef) -> ColumnDef {
    ColumnDef::with_type(name, name, sql_type, true)
}

/// Creates a schema and holds the catalogs against it.
pub(crate) async fn assert_created(client: &Client, schema: Schema, context: &str) {
    for statement in ddl::create(&schema) {
        let sent = client.batch_execute(&statement).await;
        sent.unwrap_or_else(|error| panic!("{context}: {error:?}\n{statement}"));
    }
    let mut live = catalog::read(client).await;
    catalog::forget_unasked(&mut live, &schema);
    pretty_eq(&catalog::sorted(live), &catalog::sorted(schema), context);
}

/// Compares table by table, so that a difference can be read.
fn pretty_eq(live: &Schema, declared: &Schema, context: &str) {
    for (live, declared) in live.tables.iter().zip(&declared.tables) {
        pairwise_eq(&live.columns, &declared.columns, context);
        pairwise_eq(&live.indexes, &declared.indexes, context);
        pairwise_eq(&live.checks, &declared.checks, context);
        pairwise_eq(&live.uniques, &declared.uniques, context);
        pairwise_eq(&live.foreign_keys, &declared.foreign_keys, context);
        assert_eq!(live, declared, "{context}");
    }
    assert_eq!(live, declared, "{context}");
}

fn pairwise_eq<T: PartialEq + std::fmt::Debug>(live: &[T], declared: &[T], context: &str) {
    for (live, declared) in live.iter().zip(declared) {
        assert_eq!(live, declared, "{context}");
    }
}

/// Creates tables in a database of their own and holds the catalogs against them.
async fn assert_tables(entries: &[TableEntry]) {
    let (_database, client) = client().await;
    assert_created(
        &client,
        Schema::from_tables(entries).expect("the tables are right"),
        "tables",
    )
    .await;
}

const fn alone(table: &'static TableDef) -> TableEntry {
    TableEntry {
        table,
        foreign_keys: &[],
    }
}

#[tokio::test]
async fn random_definitions_are_accepted_and_read_back_equal() {
    let (_database, client) = client().await;
    let first = std::env::var("SEED").map_or(0, |seed| seed.parse().expect("SEED is a number"));
    let count =
        std::env::var("COUNT").map_or(60, |count| count.parse().expect("COUNT is a number"));
    for seed in first..first + count {
        let entries = definitions::tables(&mut Random::new(seed), References::Any);
        let schema =
            Schema::from_tables(&entries).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        client.batch_execute("BEGIN").await.unwrap();
        assert_created(&client, schema, &format!("seed {seed}")).await;
        client.batch_execute("ROLLBACK").await.unwrap();
    }
}

#[test]
fn one_definition_gives_the_same_bytes_every_time() {
    let script = || {
        let entries = definitions::tables(&mut Random::new(7), References::Any);
        ddl::script(&Schema::from_tables(&entries).unwrap())
    };
    assert_eq!(script(), script());
}

#[tokio::test]
async fn the_scripts_of_all_tables_one_by_one_make_the_schema() {
    let (_database, client) = client().await;
    for seed in 0..30 {
        let entries = definitions::tables(&mut Random::new(seed), References::Backward);
        let schema = Schema::from_tables(&entries).unwrap();
        // A table alone does not know which names others have taken.
        if schema.tables.iter().any(has_numbered_name) {
            continue;
        }
        client.batch_execute("BEGIN").await.unwrap();
        for namespace in &schema.namespaces {
            client
                .batch_execute(&ddl::create_namespace(namespace))
                .await
                .unwrap();
        }
        for entry in &entries {
            let script = ddl::table_script(entry).unwrap();
            let sent = client.batch_execute(&script).await;
            sent.unwrap_or_else(|error| panic!("seed {seed}: {error:?}\n{script}"));
        }
        let live = catalog::sorted(catalog::read(&client).await);
        pretty_eq(&live, &catalog::sorted(schema), &format!("seed {seed}"));
        client.batch_execute("ROLLBACK").await.unwrap();
    }
}

fn has_numbered_name(table: &Table) -> bool {
    let keys = table.primary_key.iter().map(|key| &key.name);
    let uniques = table.uniques.iter().map(|unique| &unique.name);
    let checks = table.checks.iter().map(|check| &check.name);
    let foreign_keys = table
        .foreign_keys
        .iter()
        .map(|foreign_key| &foreign_key.name);
    let indexes = table.indexes.iter().map(|index| &index.name);
    let mut names = keys
        .chain(uniques)
        .chain(checks)
        .chain(foreign_keys)
        .chain(indexes);
    names.any(|name| name.ends_with(|last: char| last.is_ascii_digit()))
}

#[tokio::test]
async fn a_crate_that_has_schema_core_under_another_name_has_its_tables_too() {
    let (_database, client) = client().await;
    let schema = Schema::from_def(&renamed::USERS).unwrap();
    client.batch_execute(&ddl::script(&schema)).await.unwrap();
    let user = renamed::User {
        id: schema_core::Id::generate(),
        inviter_id: None,
        status: renamed::Status::Online,
        mood: renamed::Mood::Happy,
    };
    schema_core::statement::insert(&client, &user)
        .await
        .unwrap();
    let text = "SELECT id, status FROM users WHERE mood = 'happy'";
    let read: Vec<renamed::Presence> = schema_core::statement::query_as(&client, text, &[])
        .await
        .unwrap();
    assert_eq!((read[0].id, read[0].status), (user.id, user.status));
}
