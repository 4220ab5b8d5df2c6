use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = numeric(10, 2, 3))]
    author: f64,
}

fn main() {}
