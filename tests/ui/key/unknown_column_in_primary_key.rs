use schema_core::Table;

#[derive(Table)]
#[table(primary_key(id, autor))]
struct Message {
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
