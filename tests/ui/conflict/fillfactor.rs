use schema_core::Table;

#[derive(Table)]
#[table(index(author, with(fillfactor = 5)))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

fn main() {}
