use schema_core::Table;

#[derive(Table)]
#[table(
    with(fillfacter = 70, fillfactor = 70, fillfactor = 80, toast.fillfactor = 70),
    index(author, using = gist, with(fastupdate)),
    unique(author, with(buffering = auto)),
)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(options(distinct = 5))]
    author: i64,
}

#[derive(Table)]
#[table(partition_by = range(id), with(fillfactor = 70))]
struct Event {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
