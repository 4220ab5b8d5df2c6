use schema_core::{Id, Table, View, statement};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id} FROM {User as u}"))]
struct Plain {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id} FROM {User as u}"), materialized, unique_index(id, where = sql("{id} > 0")), unique_index(sql("{id} + 1")))]
struct Stored {
    id: Id<User>,
}

fn main() {
    statement::refresh_text::<Plain>();
    statement::refresh_text::<Stored>();
    statement::refresh_concurrently_text::<Stored>();
}
