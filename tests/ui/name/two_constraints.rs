use schema_core::Table;

#[derive(Table)]
#[table(unique(author, name = "messages_author"), check(sql("{author} > 0"), name = "messages_author"))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
