use schema_core::Table;

#[derive(Table)]
#[table(foreign_key(columns(author), = Message(id)))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
}

#[derive(Table)]
#[table(foreign_key(colour(author), references = Message(id)))]
struct Reply {
    #[column(primary_key)]
    id: i64,
    #[column(= Message(id), on_delete = cascade)]
    author: i64,
}

#[derive(Table)]
#[table(policy("own", using = sql("true")))]
struct Draft {
    #[column("primary_key")]
    id: i64,
}

fn main() {}
