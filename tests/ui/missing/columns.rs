use schema_core::Table;

#[derive(Table)]
#[table(no_primary_key)]
struct Message {
    #[column(skip)]
    cache: i64,
}

fn main() {}
