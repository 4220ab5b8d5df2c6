use schema_core::Table;

#[derive(Table)]
struct Message<const N: usize> {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
