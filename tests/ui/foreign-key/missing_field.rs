use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "users", unique(name))]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(name = "display_name")]
    name: String,
}

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User(idd))]
    author_id: Id<User>,
    #[column(references = User(display_name))]
    author_name: String,
    #[column(references = User(email))]
    author_email: String,
}

fn main() {}
