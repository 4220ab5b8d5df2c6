//! A table's name stood in the body of a function as outside of it, and its quote ended the body.

use schema_core::{Table, schema};

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

#[tokio::test]
async fn a_quote_in_a_name_does_not_end_the_body_it_stands_in() {
    super::accepted(&SCHEMA).await;
}
