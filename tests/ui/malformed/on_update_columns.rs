use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(references = Message(id), on_update = set_null(author))]
    author: Option<i64>,
}

fn main() {}
