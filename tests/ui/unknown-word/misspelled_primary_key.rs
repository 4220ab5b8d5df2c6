use schema_core::Table;

#[derive(Table)]
#[table(primry_key(id))]
struct Message {
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
