use schema_core::Table;

#[derive(Table)]
#[table(namespace = "information_schema")]
struct Message {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
