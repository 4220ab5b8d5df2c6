use schema_core::Table;

#[derive(Table)]
#[table(unique(draft))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = json)]
    draft: serde_json::Value,
}

fn main() {}
