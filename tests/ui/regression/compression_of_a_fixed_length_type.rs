use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(compression = lz4)]
    is_deleted: bool,
}

fn main() {}
