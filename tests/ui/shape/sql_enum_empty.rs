use schema_core::SqlEnum;

#[derive(SqlEnum)]
enum Status {}

fn main() {}
