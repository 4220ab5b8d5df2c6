use schema_core::Table;

#[derive(Table)]
#[table(partition_by = range(next), no_primary_key)]
struct Message {
    id: i64,
    #[column(generated = sql("{id} + 1"))]
    next: i64,
}

fn main() {}
