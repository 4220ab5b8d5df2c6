use schema_core::Table;

#[derive(Table)]
#[table(
    partition_by = range(id),
    partition(nmae = "first", from = 1, to = 2),
    partition("second", from = 2, to = 3)
)]
struct Message {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
