use schema_core::Table;

#[derive(Table)]
#[table(unique(cache))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(skip)]
    cache: i64,
}

fn main() {}
