use schema_core::{SqlEnum, Table};

#[derive(SqlEnum, Debug)]
enum Status {
    Online,
    Away,
}

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(default = 1)]
    status: Status,
}

fn main() {}
