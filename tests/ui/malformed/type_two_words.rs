use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = timestamp with time zone)]
    author: i64,
}

fn main() {}
