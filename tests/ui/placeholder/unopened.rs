use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(check = sql("author} > 0"))]
    author: i64,
}

fn main() {}
