use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(on_update = cascade)]
    author: i64,
}

fn main() {}
