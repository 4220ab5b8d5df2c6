use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(default = "\\x0")]
    hash: Vec<u8>,
}

fn main() {}
