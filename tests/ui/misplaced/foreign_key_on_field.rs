use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(foreign_key(columns(author), references = Message(id)))]
    author: i64,
}

fn main() {}
