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
        object(sql("CREATE FUNCTION touch() RETURNS int RETURN 1"), depends(one)),
        object(sql("CREATE VIEW one AS SELECT 1"), depends(touch)),
        object(sql("CREATE VIEW all_of_them AS SELECT * FROM {Message}"), before(Message)),
    ];
}

fn main() {}
