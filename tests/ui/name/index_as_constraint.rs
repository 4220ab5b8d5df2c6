use schema_core::Table;

#[derive(Table)]
#[table(unique(author, name = "messages_author"), index(title, name = "messages_author"))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
