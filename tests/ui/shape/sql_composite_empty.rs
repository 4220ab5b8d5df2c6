use schema_core::SqlComposite;

#[derive(SqlComposite, Debug)]
struct Address {}

fn main() {}
