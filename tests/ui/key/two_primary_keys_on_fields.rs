use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(primary_key)]
    author: i64,
}

fn main() {}
