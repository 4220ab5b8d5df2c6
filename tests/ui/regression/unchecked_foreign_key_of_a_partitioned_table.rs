use schema_core::Table;

#[derive(Table)]
#[table(partition_by = range(id))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(references = Author, not_valid)]
    author: i64,
}

#[derive(Table)]
struct Author {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
