use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = varchr(32))]
    author: String,
}

fn main() {}
