use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(default = 0, generated = sql("{id} + 1"))]
    author: i64,
}

fn main() {}
