use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "messages")]
pub struct Message {
    #[column(primary_key)]
    pub id: i64,
    #[column(type = "vector(3)")]
    pub content: String,
}

schema! {
    pub static CHAT = [Message];
}

fn main() {}
