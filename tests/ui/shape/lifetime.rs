use schema_core::Table;

#[derive(Table)]
struct Message<'a> {
    #[column(primary_key)]
    id: i64,
    body: &'a str,
}

fn main() {}
