//! A made-up name was one that a later table gives to its own index, and the second was refused.

use schema_core::{Table, schema};

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(index)]
    author: i64,
}

#[derive(Table)]
struct Reply {
    #[column(primary_key)]
    id: i64,
    #[column(index(name = "message_author_idx"))]
    author: i64,
}

schema! {
    static SCHEMA = [Message, Reply];
}

#[tokio::test]
async fn a_made_up_name_leaves_free_what_is_given() {
    super::accepted(&SCHEMA).await;
}
