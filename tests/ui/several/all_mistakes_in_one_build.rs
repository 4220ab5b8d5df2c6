use schema_core::Table;

#[derive(Table)]
#[table(nmae = "messages", unique(autor), index(author, usng = gin), primary_key(id))]
struct Message {
    #[column(primary_key, uniqe, on_delete = cascade)]
    id: i64,
    #[column(type = varchr(32), nam = "author", check = sql("{idd} > 0"))]
    author: String,
    #[column(name = "author")]
    writer: String,
}

// What uses the broken struct adds no message of its own.
#[derive(Table)]
struct Attachment {
    #[column(primary_key)]
    id: i64,
    #[column(references = Message(id), on_delete = cascade)]
    message_id: i64,
}

fn needs_table<T: Table>() {}

fn uses() {
    needs_table::<Message>();
    needs_table::<Attachment>();
}

fn main() {}
