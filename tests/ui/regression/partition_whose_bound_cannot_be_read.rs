use schema_core::Table;

#[derive(Table)]
#[table(
    partition_by = list(kind),
    partition(name = "rest", namespace = "archive" default),
    partition(name = "first", in(1)),
)]
struct Message {
    #[column(primary_key)]
    kind: i64,
}

fn main() {}
