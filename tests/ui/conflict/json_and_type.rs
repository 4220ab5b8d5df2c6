use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(json, type = text)]
    author: String,
}

fn main() {}
