//! Three tables that reference each other in a circle, one of them itself too.

use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "servers")]
struct Server {
    #[column(primary_key)]
    id: Id<Server>,
    #[column(references = Channel(id), on_delete = set_null)]
    welcome_id: Option<Id<Channel>>,
}

#[derive(Table)]
#[table(name = "channels")]
struct Channel {
    #[column(primary_key)]
    id: Id<Channel>,
    #[column(references = Message, on_delete = set_null)]
    pinned_id: Option<Id<Message>>,
    #[column(references = Self)]
    parent_id: Option<Id<Channel>>,
}

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = Server, on_delete = cascade)]
    server_id: Id<Server>,
}

schema_core::schema! {
    static CIRCLE = [Server, Channel, Message];
}

fn main() {
    let keys = CIRCLE.tables.iter().flat_map(|entry| entry.foreign_keys);
    let referenced: Vec<_> = keys.map(|key| key.referenced.name).collect();
    assert_eq!(referenced, ["channels", "messages", "channels", "servers"]);
}
