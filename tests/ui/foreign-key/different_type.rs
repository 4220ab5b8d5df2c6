use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(unique)]
    number: i64,
}

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User(id))]
    author_id: i32,
    #[column(references = User)]
    editor_id: i64,
    #[column(references = User(id))]
    reader_id: Option<Id<Message>>,
    #[column(references = User(number))]
    number: i32,
}

fn main() {}
