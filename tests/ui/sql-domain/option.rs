use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
struct Email(Option<String>);

fn main() {}
