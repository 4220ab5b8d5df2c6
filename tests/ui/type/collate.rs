use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(collate = "C")]
    size: i64,
}

fn main() {}
