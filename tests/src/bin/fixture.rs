//! A user's binary over a small schema, for the tests of the command line; over the one for `lint`, over one told in the
//! environment, or over none, where it says so.

use std::process::ExitCode;

use schema_core::def::{ColumnDef, KeyDef, Location, SchemaDef, TableDef, TableEntry, TableName};
use schema_kit::{Kit, cli::Failure};
use tokio_postgres::Client;

static USERS: TableDef = TableDef {
    columns: &[
        ColumnDef::of::<i64>("id", "id"),
        ColumnDef::of::<String>("name", "name"),
    ],
    primary_key: Some(KeyDef::new(&["id"])),
    ..TableDef::new(TableName::new("public", "users"), Location::of("User"))
};

static FIXTURE: SchemaDef = SchemaDef {
    tables: &[TableEntry {
        table: &USERS,
        foreign_keys: &[],
    }],
    ..SchemaDef::new("FIXTURE")
};

fn main() -> ExitCode {
    if std::env::var_os("FIXTURE_WITHOUT_SCHEMA").is_some() {
        return Kit::without_schema().main();
    }
    if let Ok(text) = std::env::var("FIXTURE_SCHEMA") {
        return Kit::new(tests::evolving::schema(&text))
            .seed("ada", |client| Box::pin(seed(client, "ada")))
            .seed("grace", |client| Box::pin(seed(client, "grace")))
            .main();
    }
    let linted = std::env::var_os("FIXTURE_LINTED").is_some();
    schema_kit::main(if linted {
        &tests::linted::LINTED
    } else {
        &FIXTURE
    })
}

async fn seed(client: &mut Client, name: &'static str) -> Result<(), Failure> {
    let insert = "INSERT INTO users SELECT count(*) + 1, $1 FROM users";
    client.execute(insert, &[&name]).await?;
    Ok(())
}
