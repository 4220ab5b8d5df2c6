use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = json, unique)]
    body: serde_json::Value,
}

fn main() {}
