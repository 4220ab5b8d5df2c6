//! A table's name stood in the body of a function as outside of it, and its quote ended the body.

use schema_core::{Table, ddl, schema, schema::Schema, statement};
use tests::client;

#[derive(Table)]
#[table(name = "it's")]
struct Message {
    #[column(primary_key, name = "o'clock")]
    id: i64,
}

schema! {
    static SCHEMA = [Message], objects = [
        sql("CREATE FUNCTION plain() RETURNS SETOF {Message} LANGUAGE sql AS 'SELECT * FROM {Message}'"),
        sql("CREATE FUNCTION escaped() RETURNS bigint LANGUAGE sql AS E'SELECT max({Message.id}) FROM {Message}'"),
        sql("CREATE FUNCTION dollars() RETURNS SETOF {Message} LANGUAGE sql AS $$SELECT * FROM {Message}$$"),
    ];
}

/// The server prints the bodies in a spelling of its own, so that the functions are called.
#[tokio::test]
async fn a_quote_in_a_name_does_not_end_the_body_it_stands_in() {
    let (_database, client) = client().await;
    let ddl = ddl::script(&Schema::from_def(&SCHEMA).unwrap());
    client.batch_execute(&ddl).await.unwrap();
    let message = Message { id: 7 };
    statement::insert(&client, &message).await.unwrap();
    let row = client
        .query_one(
            "SELECT (plain()).\"o'clock\", escaped(), (dollars()).\"o'clock\"",
            &[],
        )
        .await
        .unwrap();
    let found: (i64, i64, i64) = (row.get(0), row.get(1), row.get(2));
    assert_eq!(found, (7, 7, 7));
}
