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
        sql("CREATE FUNCTION no_names() RETURNS text[] RETURN '{a, b}'::text[]"),
    ];
}

fn main() {}
