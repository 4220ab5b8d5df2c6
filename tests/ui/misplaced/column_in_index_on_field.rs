use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(index(id desc))]
    author: i64,
}

fn main() {}
