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
        object(sql("CREATE FUNCTION touch() RETURNS int RETURN 1"), before(one)),
        sql("CREATE VIEW one AS SELECT 1"),
    ];
}

fn main() {}
