use schema_core::{Table, View, schema};

#[derive(Table)]
#[table(name = "messages", colour = "red")]
struct Message {
    #[column(primary_key)]
    id: i64,
}

#[derive(View)]
#[view(name = "Message", query = sql("SELECT {m.id} FROM {Message as m}"))]
struct Count {
    id: i64,
}

schema! {
    pub static CHAT = [Message, Count];
}

fn main() {}
