//! `collate` behind `index` on a field was an unknown word, though every other word of a key was taken there.

use schema_core::{Table, schema};

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(index(collate = "C"), unique_index(desc collate = "POSIX", name = "titles"))]
    title: String,
}

schema! {
    static SCHEMA = [Message];
}

#[tokio::test]
async fn an_index_on_a_field_has_a_collation() {
    let collation = |index: usize| Message::TABLE.indexes[index].keys[0].collation;
    assert_eq!([collation(0), collation(1)], [Some("C"), Some("POSIX")]);
    super::accepted(&SCHEMA).await;
}
