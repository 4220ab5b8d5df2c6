//! What is said when a row does not fit its struct.

use std::error::Error as _;

use schema_core::{
    Error, FromRow,
    error::RowError,
    row::{Reader, RowField, RowMapper},
};
use tokio_postgres::Row;

use crate::row::{Author, One, one_row, row_error};

async fn row(text: &str) -> Row {
    let (_database, client) = tests::client().await;
    one_row(&client, text).await
}

async fn by_position<T: for<'r> FromRow<'r>>(text: &str) -> String {
    row_error(T::from_row(&row(text).await)).to_string()
}

async fn by_name<T: for<'r> FromRow<'r>>(text: &str) -> String {
    row_error(RowMapper::<T>::by_name().read(&row(text).await)).to_string()
}

#[tokio::test]
async fn a_null_names_the_column_and_both_types() {
    let message = by_position::<Author>("SELECT NULL::bigint AS id, 'Ada' AS name").await;
    assert_eq!(
        message,
        "cannot read `authors.id` (column 1, BIGINT) as `i64`: found NULL; make the field an `Option` if the column \
         may hold it"
    );
}

#[tokio::test]
async fn a_wrong_type_names_the_column_and_both_types() {
    let message = by_position::<Author>("SELECT 1::bigint, ARRAY[1]").await;
    assert_eq!(
        message,
        "cannot read `authors.array` (column 2, INTEGER[]) as `Option<String>`: the types do not fit"
    );
}

#[tokio::test]
async fn a_wrong_number_of_columns_names_all_of_them() {
    let message = by_position::<Author>("SELECT 1::bigint AS id, 'a' AS name, 2 AS age").await;
    assert_eq!(
        message,
        "`authors` reads 2 columns (`id`, `name`), but the row has 3 (`id`, `name`, `age`); select exactly those, or \
         read by name"
    );
}

#[tokio::test]
async fn columns_in_another_order_are_refused() {
    let message = by_position::<(Author, One<i64>)>(
        "SELECT 1::bigint AS value, 'a' AS name, 2::bigint AS id",
    )
    .await;
    assert_eq!(
        message,
        "the row has the columns of `tuple` in another order: column 1 is `value`, where `id` is read; list the \
         columns in place of `*`, or read by name"
    );
}

#[tokio::test]
async fn a_dropped_and_added_column_is_seen_in_select_star() {
    let message = by_position::<(Author, One<i64>)>(
        "SELECT 1::bigint AS id, 2::bigint AS value, 'a' AS name",
    )
    .await;
    assert!(
        message.contains("column 2 is `value`, where `name` is read"),
        "{message}"
    );
}

#[tokio::test]
async fn a_missing_name_names_those_there_are() {
    let message = by_name::<Author>("SELECT 1::bigint AS id, 'a' AS nam").await;
    assert_eq!(
        message,
        "`authors` reads a column `name`, which the row does not have; it has `id`, `nam`"
    );
}

#[tokio::test]
async fn an_ambiguous_name_names_the_positions() {
    let message = by_name::<Author>("SELECT 1::bigint AS id, 'a' AS name, 2 AS x, 3 AS id").await;
    assert_eq!(
        message,
        "`authors` reads a column `id`, which the row has more than once, at [1, 4]; give all but one another name \
         with AS, or read by position"
    );
}

#[tokio::test]
async fn a_nested_struct_is_named_in_its_own_errors() {
    let text = "SELECT 1::bigint AS id, 'a' AS name, NULL::bigint AS id, 'b' AS name";
    let message = by_position::<(Author, Author)>(text).await;
    assert!(
        message.starts_with("cannot read `authors.id` (column 3, BIGINT)"),
        "{message}"
    );
}

#[tokio::test]
async fn a_value_out_of_range_is_shown_with_its_cause() {
    let row = row("SELECT 'infinity'::timestamptz AS ends_at").await;
    let error = row_error(One::<jiff::Timestamp>::from_row(&row));
    assert_eq!(
        error.to_string(),
        "cannot read `One.ends_at` (column 1, TIMESTAMPTZ) as `Timestamp`: found 0x7fffffffffffffff"
    );
    let cause = error.source().unwrap().to_string();
    assert!(
        cause.starts_with("this type cannot hold infinity"),
        "{cause}"
    );
}

#[tokio::test]
async fn json_of_another_shape_has_serde_as_its_cause() {
    let row = row(r#"SELECT '{"a": 1}'::json AS value"#).await;
    let error = row_error(One::<schema_core::json::Json<i32>>::from_row(&row));
    assert!(
        error
            .to_string()
            .ends_with("as `Json<i32>`: found 0x7b2261223a20317d"),
        "{error}"
    );
    assert!(error.source().unwrap().is::<serde_json::Error>());
}

#[tokio::test]
async fn a_struct_that_reads_more_than_it_says_is_an_error() {
    #[derive(Debug)]
    struct Greedy;
    impl<'r> FromRow<'r> for Greedy {
        const SOURCE: &'static str = "Greedy";
        const FIELDS: &'static [RowField] = &[RowField::value::<i32>("a")];
        fn read(reader: &mut Reader<'r, '_>) -> Result<Self, Error> {
            let (_, _): (i32, i32) = (reader.value()?, reader.value()?);
            Ok(Self)
        }
    }
    for row in [
        row("SELECT 1 AS a").await,
        row("SELECT 1 AS a, 2 AS b").await,
    ] {
        let error = row_error(RowMapper::<Greedy>::by_name().read(&row));
        assert!(matches!(
            error,
            RowError::FieldCount {
                table: "Greedy",
                expected: 1
            }
        ));
    }
}

#[tokio::test]
async fn a_database_error_keeps_its_cause_and_code() {
    let (_database, client) = tests::client().await;
    let error = Error::from(client.batch_execute("SELECT 1 / 0").await.unwrap_err());
    assert_eq!(
        error.code(),
        Some(&tokio_postgres::error::SqlState::DIVISION_BY_ZERO)
    );
    assert!(error.source().is_some() && !error.to_string().contains("zero"));
}
