use schema_core::Table;

#[derive(Table)]
#[table(partition_by = range(id), exclude(id with "="))]
struct Message {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
