use schema_core::FromRow;

#[derive(FromRow)]
struct Message {}

fn main() {}
