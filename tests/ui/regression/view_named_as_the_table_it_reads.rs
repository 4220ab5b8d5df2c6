use schema_core::{Id, Table, View, schema};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

#[derive(View)]
#[view(name = "users", query = sql("SELECT {u.id} FROM {User as u}"))]
struct Member {
    id: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {m.id} FROM {Member as m}"))]
struct Everybody {
    id: Id<User>,
}

schema! {
    static SCHEMA = [Everybody, Member, User];
}

fn main() {}
