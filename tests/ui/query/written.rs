use schema_core::{Id, Table, sql};

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    content: String,
}

fn statement(content: Option<&str>) {
    sql!("update {Message} set {Message::content} = ${content}");
}

fn main() {}
