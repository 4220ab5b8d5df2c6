use schema_core::Table;

#[derive(Table)]
struct Message<T> {
    #[column(primary_key)]
    id: i64,
    body: T,
}

fn main() {}
