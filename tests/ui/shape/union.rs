use schema_core::Table;

#[derive(Table)]
union Message {
    id: i64,
    author: i64,
}

fn main() {}
