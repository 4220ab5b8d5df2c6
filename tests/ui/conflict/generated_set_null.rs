use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(generated = sql("{id}"), references = Message(id), on_delete = set_null)]
    next: Option<i64>,
}

fn main() {}
