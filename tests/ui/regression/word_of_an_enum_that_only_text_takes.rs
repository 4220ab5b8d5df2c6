use schema_core::{SqlDomain, SqlEnum, Table};

#[derive(SqlEnum, Debug)]
enum Status {
    Online,
    Away,
}

#[derive(SqlDomain, Debug)]
struct Count(i32);

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(collate = "C")]
    status: Status,
    #[column(storage = external)]
    former: Option<Status>,
    #[column(compression = lz4)]
    edits: Count,
    #[column(default = "none")]
    views: Count,
}

fn main() {}
