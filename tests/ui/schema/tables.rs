use schema_core::{Id, Table, schema};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

#[derive(Table)]
#[table(name = "users")]
struct Account {
    #[column(primary_key)]
    id: Id<Account>,
}

#[derive(Table)]
#[table(name = "messages", index(author, name = "messages_by_author"))]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User)]
    author: Id<User>,
}

#[derive(Table)]
#[table(name = "notes", unique(author, name = "messages_by_author"), index(author, name = "messages"))]
struct Note {
    #[column(primary_key)]
    id: Id<Note>,
    author: i64,
}

schema! {
    /// The users are missing.
    pub static INCOMPLETE = [Message];
}

schema! {
    static CLASHING = [User, Account, Message, Note];
}

fn main() {}
