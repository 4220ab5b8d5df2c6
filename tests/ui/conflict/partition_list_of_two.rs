use schema_core::Table;

#[derive(Table)]
#[table(partition_by = list(id, author), no_primary_key)]
struct Message {
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
