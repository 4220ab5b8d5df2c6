use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "messages", exclude(using = gist, id with "="))]
pub struct Message {
    #[column(primary_key)]
    pub id: i64,
    pub content: String,
}

schema! {
    pub static CHAT = [Message];
}

fn main() {}
