use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

#[derive(Table)]
#[table(name = "logs", no_primary_key)]
struct Log {
    line: String,
}

#[derive(Table)]
#[table(name = "messages", foreign_key(columns(id, author), references = User))]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    author: Id<User>,
    #[column(references = Log)]
    line: String,
}

fn main() {}
