use schema_core::Table;

#[derive(Table)]
#[table(index(author desc, using = hash))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
