use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
struct Email(String, String);

fn main() {}
