use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
#[sql_domain(check(sql("VALUE <> ''"), name = "a"), check(sql("VALUE <> 'x'"), name = "a"))]
struct Country(String);

fn main() {}
