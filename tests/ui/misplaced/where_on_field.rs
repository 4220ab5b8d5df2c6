use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(where = sql("true"))]
    author: i64,
}

fn main() {}
