use schema_core::{Id, Table};

#[derive(Table)]
#[table(
    name = "messages",
    foreign_key(columns(server, channel), references = Message(server, channel), on_delete = set_null(channel)),
    unique(server, channel),
)]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = Message, on_delete = set_null)]
    thread: Id<Message>,
    #[column(references = Message, on_update = set_default)]
    parent: Id<Message>,
    #[column(references = Message, on_delete = set_default)]
    fits: Option<Id<Message>>,
    server: i64,
    channel: i64,
}

fn main() {}
