use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = text[][])]
    author: Vec<String>,
}

fn main() {}
