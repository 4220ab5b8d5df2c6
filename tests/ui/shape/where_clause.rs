use schema_core::Table;

#[derive(Table)]
struct Message
where
    i64: Copy,
{
    #[column(primary_key)]
    id: i64,
}

fn main() {}
