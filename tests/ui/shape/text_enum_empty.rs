use schema_core::TextEnum;

#[derive(TextEnum)]
enum Status {}

fn main() {}
