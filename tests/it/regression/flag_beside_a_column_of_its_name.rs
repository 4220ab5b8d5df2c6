//! A flag behind an option was taken for the column of its name, and the constraint for one over two columns.

use schema_core::{Table, schema};

#[derive(Table)]
#[table(unique(id, name = "ids", nulls_not_distinct))]
struct Message {
    #[column(primary_key)]
    id: i64,
    nulls_not_distinct: bool,
}

schema! {
    static SCHEMA = [Message];
}

#[tokio::test]
async fn a_flag_behind_an_option_is_a_flag() {
    let unique = &Message::TABLE.uniques[0];
    assert_eq!(unique.columns, ["id"]);
    assert!(unique.nulls_not_distinct);
    super::accepted(&SCHEMA).await;
}
