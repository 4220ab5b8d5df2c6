use schema_core::Table;

#[derive(Table)]
struct Message {
    author: i64,
}

fn main() {}
