use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key = true)]
    id: i64,
}

fn main() {}
