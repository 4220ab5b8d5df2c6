use schema_core::SqlDomain;

#[derive(SqlDomain, Debug)]
enum Email {
    Work,
}

fn main() {}
