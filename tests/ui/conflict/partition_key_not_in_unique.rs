use schema_core::Table;

#[derive(Table)]
#[table(partition_by = range(id), unique(author))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
