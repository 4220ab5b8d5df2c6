use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "messages", index(content gin_trgm_ops, using = gin))]
pub struct Message {
    #[column(primary_key)]
    pub id: i64,
    pub content: String,
}

schema! {
    pub static CHAT = [Message], extensions = ["citext"];
}

fn main() {}
