use schema_core::Table;

#[derive(Table)]
struct Message;

fn main() {}
