use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "messages")]
pub struct Message {
    #[column(primary_key)]
    pub id: i64,
    pub content: String,
}

schema! {
    pub static CHAT = [Message], objects = [
        object(sql("GRANT SELECT ON {Message} TO PUBLIC"), kind = "grant"),
    ];
}

fn main() {}
