use schema_core::{Id, Table, sql};

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    content: String,
}

fn statement(name: &str) {
    sql!("select {m.id} from {Message as m} where {m.id} = ${name}");
}

fn main() {}
