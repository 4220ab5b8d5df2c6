use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(default = 1000000000000000000000000000000000000000)]
    author: i64,
}

fn main() {}
