use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = double precision)]
    author: f64,
}

fn main() {}
