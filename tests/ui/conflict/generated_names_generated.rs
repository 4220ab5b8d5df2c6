use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(generated = sql("{id} + 1"))]
    next: i64,
    #[column(generated = sql("{next} + 1"))]
    after: i64,
}

fn main() {}
