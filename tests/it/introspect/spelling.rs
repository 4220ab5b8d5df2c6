//! Two spellings of one fact are equal: by the text where that suffices, by a server where it does not.

use app_schema::CHAT;
use schema_core::schema::{Expression, QualifiedName, Schema, Table};
use schema_kit::{IntrospectError, introspect, normalize};
use tests::{
    client,
    definitions::{self, References},
    random::Random,
};

use super::{made, pretty::assert_same, read, send};

fn assert_comparable(live: &Schema, declared: &Schema, context: &str) {
    let text = |schema| format!("{:#?}", normalize::comparable(schema));
    assert_same(&text(live), &text(declared), context);
}

#[tokio::test]
async fn what_is_declared_equals_what_is_live_without_a_server() {
    let schema = Schema::from_def(&CHAT).unwrap();
    let (_database, mut client) = send(&schema, "app-schema").await;
    assert_comparable(&read(&mut client).await.schema, &schema, "app-schema");
}

#[tokio::test]
async fn random_definitions_equal_what_is_live_without_a_server() {
    for seed in 200..230 {
        let entries = definitions::tables(&mut Random::new(seed), References::Any);
        let schema = Schema::from_tables(&entries).unwrap();
        let context = format!("seed {seed}");
        let (_database, mut client) = send(&schema, &context).await;
        assert_comparable(&read(&mut client).await.schema, &schema, &context);
    }
}

/// A table with one check.
fn checked(condition: &str) -> Schema {
    let mut table = Table::new(QualifiedName::new("public", "t"));
    table.columns = ["a", "b"]
        .map(|name| schema_core::schema::Column::new(name, "varchar(5)".parse().unwrap()))
        .into();
    table.checks.push(schema_core::schema::Check {
        name: "c".into(),
        expression: Expression::new(condition),
        no_inherit: false,
        not_valid: false,
        comment: None,
    });
    Schema {
        tables: vec![table],
        ..Schema::default()
    }
}

#[tokio::test]
async fn a_scratch_database_decides_what_text_cannot() {
    let (_database, mut client) = client().await;
    let one = introspect::on_scratch(&mut client, &checked("a = ANY ('{x,y}')"))
        .await
        .unwrap();
    let two = introspect::on_scratch(
        &mut client,
        &checked("(\"a\"::text = any('{x,y}'::text[]))"),
    )
    .await
    .unwrap();
    assert_eq!(one, two);
    let other = introspect::on_scratch(&mut client, &checked("b = ANY ('{x,y}')"))
        .await
        .unwrap();
    assert_ne!(one, other);
}

#[tokio::test]
async fn a_scratch_database_is_left_as_it_was() {
    let (_database, mut client) = client().await;
    let wrong = introspect::on_scratch(&mut client, &checked("nothing > 0")).await;
    let error = wrong.unwrap_err();
    assert!(
        matches!(error, IntrospectError::Statement { .. }),
        "{error:?}"
    );
    let schema = Schema::from_def(&CHAT).unwrap();
    introspect::on_scratch(&mut client, &schema).await.unwrap();
    let found = read(&mut client).await;
    assert_eq!(found.schema, Schema::default());
    assert_eq!(found.unknown, []);
}

#[tokio::test]
async fn a_database_with_content_is_no_scratch_database() {
    let (_database, mut client) = made("CREATE TABLE precious (id int)").await;
    let error = introspect::on_scratch(&mut client, &Schema::default())
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the scratch database is not empty: it has table precious"
    );
}
