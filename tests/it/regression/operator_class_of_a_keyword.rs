//! An operator class was written as it stands in the source, and one by the name of a keyword was a syntax error.

use schema_core::{Table, ddl, schema, schema::Schema};
use tests::client;

#[derive(Table)]
#[table(index(author check))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

schema! {
    static SCHEMA = [Message];
}

#[tokio::test]
async fn an_operator_class_may_have_the_name_of_a_keyword() {
    let (_database, client) = client().await;
    let class = "CREATE OPERATOR CLASS \"check\" FOR TYPE bigint USING btree AS OPERATOR 1 <, OPERATOR 2 <=, \
        OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint8cmp(bigint, bigint)";
    client.batch_execute(class).await.unwrap();
    let schema = Schema::from_def(&SCHEMA).unwrap();
    let statements = ddl::create(&schema).join(";\n");
    client.batch_execute(&statements).await.unwrap();
}
