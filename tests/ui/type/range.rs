use schema_core::{Table, range::Range};

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    sizes: Range<String>,
}

fn main() {}
