use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(not_null)]
    author: i64,
}

fn main() {}
