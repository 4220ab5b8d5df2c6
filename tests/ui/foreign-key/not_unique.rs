use schema_core::{Id, Table};

#[derive(Table)]
#[table(
    name = "users",
    unique(first, last),
    unique(nick, deferrable = initially_deferred),
    unique_index(partial, where = sql("{partial} > 0")),
)]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    name: String,
    first: i32,
    last: i32,
    nick: i32,
    partial: i32,
}

#[derive(Table)]
#[table(
    name = "messages",
    foreign_key(columns(b, a), references = User(last, first)),
    foreign_key(columns(a, b), references = User(first, nick)),
)]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User(name))]
    author: String,
    #[column(references = User(first))]
    a: i32,
    #[column(references = User(nick))]
    b: i32,
    #[column(references = User(partial))]
    c: i32,
}

fn main() {}
