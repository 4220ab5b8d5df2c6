use schema_core::{SqlComposite, SqlDomain};

#[derive(SqlComposite, Debug)]
struct Pair {
    #[sql_composite(collate = "C")]
    left: i64,
    #[sql_composite(collate = "C")]
    right: Vec<String>,
}

#[derive(SqlDomain, Debug)]
#[sql_domain(collate = "C")]
struct Count(i32);

fn main() {}
