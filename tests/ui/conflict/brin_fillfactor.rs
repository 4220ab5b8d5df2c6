use schema_core::Table;

#[derive(Table)]
#[table(index(author, using = brin, with(fillfactor = 70)))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

fn main() {}
