use schema_core::{Id, Table, sql};

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    content: String,
}

fn statement(id: Id<Message>) {
    sql!("select {m.id} from {Message as m} where {m.id} = any(${id})");
}

fn main() {}
