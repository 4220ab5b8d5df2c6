use schema_core::{Id, Table, View};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    name: String,
    nick: Option<String>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id} FROM {User as u}"))]
struct Member {
    id: Id<User>,
}

fn name_of<V: View>() -> &'static str {
    V::NAME.name
}

fn name() -> &'static str {
    name_of::<User>()
}

fn main() {}
