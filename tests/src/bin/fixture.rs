//! A user's binary over a small schema, for the tests of the command line; over the one for `lint`, or over one told in
//! the environment, where it says so.

use std::process::ExitCode;

use schema_core::def::{ColumnDef, KeyDef, Location, SchemaDef, TableDef, TableEntry, TableName};

static USERS: TableDef = TableDef {
    columns: &[
        ColumnDef::of::<i64>("id", "id"),
        ColumnDef::of::<String>("name", "name"),
    ],
    primary_key: Some(KeyDef::new(&["id"])),
    ..TableDef::new(
        TableName {
            namespace: "public",
            name: "users",
        },
        Location::of("User"),
    )
};

static FIXTURE: SchemaDef = SchemaDef {
    tables: &[TableEntry {
        table: &USERS,
        foreign_keys: &[],
    }],
    ..SchemaDef::new("FIXTURE")
};

fn main() -> ExitCode {
    if let Ok(text) = std::env::var("FIXTURE_SCHEMA") {
        return schema_kit::main(tests::evolving::schema(&text));
    }
    let linted = std::env::var_os("FIXTURE_LINTED").is_some();
    schema_kit::main(if linted {
        &tests::linted::LINTED
    } else {
        &FIXTURE
    })
}
