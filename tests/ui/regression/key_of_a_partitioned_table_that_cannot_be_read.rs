use schema_core::Table;

#[derive(Table)]
#[table(partition_by = range(at), unique, unique(name, att), unique_index(nam))]
struct Event {
    #[column(primary_key)]
    at: i64,
    name: String,
}

fn main() {}
