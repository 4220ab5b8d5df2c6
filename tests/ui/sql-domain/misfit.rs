use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
#[sql_domain(type = integer)]
struct Email(String);

fn main() {}
