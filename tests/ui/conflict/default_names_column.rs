use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(default = sql("{id} + 1"))]
    next: i64,
}

fn main() {}
