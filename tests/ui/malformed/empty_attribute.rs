use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column()]
    author: i64,
    #[column]
    title: String,
}

fn main() {}
