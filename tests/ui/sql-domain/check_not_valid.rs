use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
#[sql_domain(check(sql("VALUE <> ''"), not_valid))]
struct Country(String);

fn main() {}
