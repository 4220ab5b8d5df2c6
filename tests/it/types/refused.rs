//! Values and definitions that do not fit.

use schema_core::{SqlComposite, SqlEnum, Table, error::SchemaError, schema::Schema};

use crate::row::{One, one_row, row_error};
use schema_core::FromRow as _;

#[derive(SqlEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Happy,
    Sad,
}

#[derive(SqlComposite, Debug, PartialEq)]
struct Pair {
    left: i32,
    right: Option<Mood>,
}

#[tokio::test]
async fn a_label_the_enum_does_not_know_is_named_with_those_it_knows() {
    let (_database, client) = tests::client().await;
    let types = "CREATE TYPE mood AS ENUM ('happy', 'sad', 'angry')";
    client.batch_execute(types).await.unwrap();
    let row = one_row(&client, "SELECT 'angry'::mood AS mood").await;
    assert_eq!(
        row_error(One::<Mood>::from_row(&row)).to_string(),
        "cannot read `One.mood` (column 1, mood) as `Mood`: found the unknown text `angry`; known are `happy`, `sad`"
    );
}

#[tokio::test]
async fn another_type_is_not_taken_for_the_declared_one() {
    let (_database, client) = tests::client().await;
    let types = "CREATE TYPE humor AS ENUM ('happy', 'sad'); CREATE TYPE pair AS (\"left\" int)";
    client.batch_execute(types).await.unwrap();
    for sql in ["SELECT 'happy'::humor AS mood", "SELECT 'happy' AS mood"] {
        let row = one_row(&client, sql).await;
        let error = row_error(One::<Mood>::from_row(&row)).to_string();
        assert!(error.ends_with("the types do not fit"), "{error}");
    }
    let row = one_row(&client, "SELECT '(1)'::pair AS pair").await;
    let error = row_error(One::<Pair>::from_row(&row)).to_string();
    assert!(error.ends_with("the types do not fit"), "{error}");
}

#[tokio::test]
async fn attributes_are_found_by_name_and_named_in_errors() {
    let (_database, client) = tests::client().await;
    let types = "CREATE TYPE mood AS ENUM ('happy', 'sad');
        CREATE TYPE pair AS (\"right\" mood, \"left\" int)";
    client.batch_execute(types).await.unwrap();
    let pair = Pair {
        left: 1,
        right: Some(Mood::Sad),
    };
    let row = one_row(&client, "SELECT '(sad,1)'::pair AS pair").await;
    assert_eq!(One::<Pair>::from_row(&row).unwrap(), One(pair));
    let same = client.query_one(
        "SELECT $1::pair IS NOT DISTINCT FROM '(,2)'::pair",
        &[&Pair {
            left: 2,
            right: None,
        }],
    );
    assert!(same.await.unwrap().get::<_, bool>(0));
    let row = one_row(&client, "SELECT '(sad,)'::pair AS pair").await;
    let error = row_error(One::<Pair>::from_row(&row));
    let cause = std::error::Error::source(&error).unwrap();
    assert_eq!(
        cause.to_string(),
        "attribute `pair.left` does not fit its field"
    );
    assert_eq!(
        cause.source().unwrap().to_string(),
        "a Postgres value was `NULL`"
    );
}

#[test]
fn two_types_with_one_name_are_an_error_that_names_both() {
    mod other {
        #[derive(schema_core::SqlEnum, Debug)]
        pub(super) enum Mood {
            Merry,
        }
    }
    #[derive(Table)]
    #[table(name = "people", no_primary_key)]
    struct Person {
        one: Mood,
        other: other::Mood,
    }
    let error = Schema::from_tables(&[Person::ENTRY]).unwrap_err();
    assert!(matches!(error, SchemaError::DuplicateType { .. }));
    let text = error.to_string();
    assert!(
        text.starts_with("type `mood` is declared twice: as `Mood` ("),
        "{text}"
    );
    let _ = (other::Mood::Merry, Mood::Happy);
}

#[test]
fn a_type_and_a_table_cannot_share_a_name() {
    #[derive(Table)]
    #[table(name = "mood", no_primary_key)]
    struct Person {
        mood: Mood,
    }
    let error = Schema::from_tables(&[Person::ENTRY]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `mood` and enum type `mood` are both called `mood`; give one another `name`"
    );
}
