//! The check of such a key was printed for tables alone.

use schema_core::{SqlDomain, SqlEnum, Table, View, schema};

#[derive(SqlEnum, Debug)]
enum Mood {
    Happy,
}

#[derive(SqlDomain, Debug)]
struct Title(String);

#[derive(Table)]
#[table(name = "notes")]
struct Note {
    #[column(primary_key)]
    id: i64,
    title: Title,
    mood: Mood,
}

#[expect(dead_code, reason = "its definition is what is looked at")]
#[derive(View)]
#[view(
    query = sql("SELECT {n.title}, {n.mood} FROM {Note as n}"),
    materialized,
    index(mood, using = hash),
    unique_index(title, mood),
)]
struct Titled {
    title: Title,
    mood: Mood,
}

schema! {
    static SCHEMA = [Note, Titled];
}

#[tokio::test]
async fn a_materialized_view_is_indexed_over_types_of_ones_own() {
    super::accepted(&SCHEMA).await;
}
