use schema_core::Table;

#[derive(Table)]
#[table(
    name = (),
    partition_by = list(kind),
    partition(name = "message", default),
)]
struct Message {
    #[column(primary_key)]
    kind: i64,
}

fn main() {}
