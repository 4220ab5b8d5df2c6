use schema_core::Table;

#[derive(Table)]
#[table(namespace = "pg_audit")]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
