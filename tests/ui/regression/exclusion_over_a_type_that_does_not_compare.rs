use schema_core::{Table, json::Json};

#[derive(Table)]
#[table(
    exclude(data with "="),
    exclude(data with "=", using = hash)
)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = json)]
    data: Json<i64>,
}

fn main() {}
