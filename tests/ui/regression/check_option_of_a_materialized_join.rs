use schema_core::{Table, View};

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(View)]
#[view(
    materialized,
    check_option = local,
    query = sql("SELECT {u.id} FROM {User as u} CROSS JOIN {User as v}")
)]
struct Pair {
    id: i64,
}

fn main() {}
