use schema_core::Table;

#[derive(Table)]
struct Message {
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
