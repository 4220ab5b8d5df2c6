//! `{Reading::T}` was read as the table `T` of a module, for a struct's name begins so.

use schema_core::{Table, View, schema};

#[expect(non_snake_case, reason = "it is the name of the quantity")]
#[derive(Table)]
#[table(name = "readings")]
struct Reading {
    #[column(primary_key)]
    id: i64,
    T: f64,
}

#[expect(
    dead_code,
    non_snake_case,
    reason = "its definition is what is looked at"
)]
#[derive(View)]
#[view(query = sql("SELECT {Reading::T} FROM {Reading}"))]
struct Temperature {
    T: f64,
}

schema! {
    static SCHEMA = [Reading, Temperature];
}

#[tokio::test]
async fn a_field_with_a_capital_stands_behind_its_struct() {
    super::accepted(&SCHEMA).await;
}
