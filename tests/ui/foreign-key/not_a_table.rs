use schema_core::{Id, Table};

struct User;

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User)]
    author: i64,
    #[column(references = Missing)]
    editor: i64,
}

fn main() {}
