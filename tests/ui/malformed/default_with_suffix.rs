use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(default = 0_i64)]
    author: i64,
}

fn main() {}
