use schema_core::SqlComposite;

#[derive(SqlComposite, Debug)]
struct Address(String, String);

fn main() {}
