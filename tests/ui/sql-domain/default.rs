use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
#[sql_domain(type = varchar(3), default = "nobody")]
struct Email(String);

fn main() {}
