//! Definitions that make no schema, and what is said of them.

use schema_core::{
    def::{ForeignKeyDef, IndexDef, IndexKeyDef, TableDef, TableEntry},
    error::SchemaError,
    schema::Schema,
};

use super::{alone, probe};

#[test]
fn a_table_listed_twice_is_an_error_that_names_both_places() {
    static TABLE: TableDef = probe("users");
    let error = Schema::from_tables(&[alone(&TABLE), alone(&TABLE)]).unwrap_err();
    assert!(matches!(error, SchemaError::DuplicateTable { .. }));
    assert!(
        error
            .to_string()
            .starts_with("table `users` is declared twice: struct `Probe`")
    );
}

#[test]
fn a_foreign_key_out_of_the_schema_is_an_error() {
    static USERS: TableDef = probe("users");
    static MESSAGES: TableDef = probe("messages");
    static KEYS: &[ForeignKeyDef] = &[ForeignKeyDef::new(&["id"], &USERS, &[])];
    let error = Schema::from_tables(&[TableEntry {
        table: &MESSAGES,
        foreign_keys: KEYS,
    }]);
    let message = error.unwrap_err().to_string();
    assert!(message.starts_with(
        "foreign key `messages.id` (struct `Probe`, tests/it/ddl.rs:1) references table `users`"
    ));
}

#[test]
fn a_foreign_key_that_leads_nowhere_is_an_error() {
    static USERS: TableDef = TableDef {
        primary_key: None,
        ..probe("users")
    };
    static MESSAGES: TableDef = probe("messages");
    let error = |key: ForeignKeyDef| {
        let entries = [
            alone(&USERS),
            TableEntry {
                table: &MESSAGES,
                foreign_keys: vec![key].leak(),
            },
        ];
        Schema::from_tables(&entries).unwrap_err()
    };
    let key = ForeignKeyDef::new(&["id"], &USERS, &[]);
    assert!(matches!(error(key), SchemaError::MissingPrimaryKey { .. }));
    let key = ForeignKeyDef::new(&["id"], &USERS, &["name"]);
    assert!(matches!(error(key), SchemaError::MissingField { .. }));
    let key = ForeignKeyDef::new(&["id"], &USERS, &["id", "id"]);
    assert!(matches!(error(key), SchemaError::ColumnCount { .. }));
    let key = ForeignKeyDef::new(&["author"], &USERS, &["id"]);
    assert!(matches!(error(key), SchemaError::MissingColumn { .. }));
}

#[test]
fn two_objects_with_one_name_are_an_error_that_names_both() {
    static USERS: TableDef = TableDef {
        indexes: &[IndexDef {
            name: Some("posts"),
            ..IndexDef::new(&[IndexKeyDef::column("id")])
        }],
        ..probe("users")
    };
    static POSTS: TableDef = probe("posts");
    let message = Schema::from_tables(&[alone(&USERS), alone(&POSTS)])
        .unwrap_err()
        .to_string();
    assert_eq!(
        message,
        "table `posts` and an index of `users` are both called `posts`; give one another `name`"
    );
}

#[test]
fn a_name_the_server_would_cut_is_an_error() {
    static TABLE: TableDef =
        probe("a_name_of_more_than_sixty_three_bytes_that_the_server_would_cut_short");
    let error = Schema::from_tables(&[alone(&TABLE)]).unwrap_err();
    assert!(matches!(error, SchemaError::InvalidName { .. }), "{error}");
}
