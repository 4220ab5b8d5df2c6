use schema_core::Table;

#[derive(Table)]
#[table(partition_by = = (id), partition(name = "first", from = 1, to = 2))]
struct Message {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(partition_by = range(()), partition(name = "first", from = 1, to = 2))]
struct Reply {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(
    partition_by = range(id),
    partition(name = "first", from = 1, to = 2, partition_by = bash(id), partitions = 2)
)]
struct Draft {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(partition_by, partitions = 2)]
struct Like {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
