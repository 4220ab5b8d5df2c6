use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    #[column(name = "author")]
    writer: i64,
}

fn main() {}
