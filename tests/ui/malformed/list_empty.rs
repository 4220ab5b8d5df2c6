use schema_core::Table;

#[derive(Table)]
#[table(unique(), index(), foreign_key(columns(), references = Message(id)))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
