//! What renames reach, and what is refused.

use schema_core::schema::{Column, SqlType};

use super::*;

fn table(name: &str, columns: &[&str]) -> Table {
    let column = |name: &&str| Column::new(*name, "integer".parse::<SqlType>().unwrap());
    Table {
        columns: columns.iter().map(column).collect(),
        ..Table::new(QualifiedName::new("public", name))
    }
}

fn previous() -> Schema {
    let mut files = table("files", &["id", "size", "owner_id"]);
    files.checks.push(Check {
        name: "files_size_check".to_owned(),
        expression: Expression::new("size > 0"),
        no_inherit: false,
        not_valid: false,
        comment: None,
    });
    files.foreign_keys.push(ForeignKey {
        name: "files_owner_id_fkey".to_owned(),
        columns: vec!["owner_id".to_owned()],
        referenced_table: QualifiedName::new("public", "owners"),
        referenced_columns: vec!["id".to_owned()],
        on_delete: ReferentialAction::SetNull(vec!["owner_id".to_owned()]),
        on_update: ReferentialAction::NoAction,
        match_full: false,
        deferrable: None,
        not_valid: false,
        comment: None,
    });
    Schema {
        tables: vec![files, table("owners", &["id"])],
        ..Schema::default()
    }
}

fn refused(hint: &str) -> String {
    Renames::from_hints(&[hint], &previous())
        .unwrap_err()
        .to_string()
}

#[test]
fn a_rename_reaches_keys_expressions_and_references() {
    let hints = [
        "files.size=bytes",
        "files.owner_id=owner",
        "owners=people",
        "owners.id=key",
    ];
    let previous = previous();
    let renamed = Renames::from_hints(&hints, &previous)
        .unwrap()
        .apply(&previous);
    let files = &renamed.tables[0];
    let key = &files.foreign_keys[0];
    assert_eq!(files.checks[0].expression.as_str(), "bytes > 0");
    assert_eq!(key.columns, ["owner"]);
    assert_eq!(
        key.on_delete,
        ReferentialAction::SetNull(vec!["owner".to_owned()])
    );
    assert_eq!(key.referenced_table.name, "people");
    assert_eq!(key.referenced_columns, ["key"]);
    assert_eq!(renamed.tables[1].columns[0].name, "key");
}

#[test]
fn a_hint_that_cannot_be_followed_says_why() {
    assert_eq!(refused("files"), "the rename `files` is not `old=new`");
    assert_eq!(
        refused("files.name=title"),
        "the rename `files.name=title` is of a table or column that the previous schema does not have"
    );
    assert_eq!(
        refused("files.size=id"),
        "the rename `files.size=id` needs a name that `files.id` has"
    );
    assert_eq!(
        refused("files=owners"),
        "the rename `files=owners` needs a name that `owners` has"
    );
}

#[test]
fn a_table_and_a_column_of_one_spelling_are_told_apart_by_the_namespace() {
    let mut previous = previous();
    let mut other = table("size", &["id"]);
    other.name.namespace = "files".to_owned();
    previous.tables.push(other);
    let ambiguous = Renames::from_hints(&["files.size=bytes"], &previous).unwrap_err();
    assert!(matches!(ambiguous, RenameError::Ambiguous { .. }));
    let renames = Renames::from_hints(&["public.files.size=bytes"], &previous).unwrap();
    assert_eq!(renames.columns().count(), 1);
}
