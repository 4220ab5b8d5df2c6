use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
#[sql_domain(check = sql("VALUE ~ '^.{2}$'"))]
struct Country(String);

fn main() {}
