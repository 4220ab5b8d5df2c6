use schema_core::Table;

#[derive(Table)]
#[table(foreign_key(columns(author), references = Message(id), on_delete = set_default(title)))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
