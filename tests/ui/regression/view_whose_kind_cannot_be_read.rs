use schema_core::{Table, View};

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
}

#[derive(View)]
#[view(query = sql("SELECT {m.id} FROM {Message as m}"), , with_no_data, unique_index(id))]
struct Count {
    id: i64,
}

fn main() {}
