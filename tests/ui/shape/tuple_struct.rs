use schema_core::Table;

#[derive(Table)]
struct Message(i64, i64);

fn main() {}
