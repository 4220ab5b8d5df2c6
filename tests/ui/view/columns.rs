use schema_core::{Id, Table, View, sql};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    name: String,
    nick: Option<String>,
}

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    #[column(references = User)]
    author: Id<User>,
}

#[derive(View)]
#[view(query = sql("SELECT {u.id}, {u.nam} FROM {User as u}"))]
struct Unknown {
    id: Id<User>,
    name: String,
}

#[derive(View)]
#[view(query = sql(
    "SELECT {u.id}, {u.nick}, {u.name} AS name, {m.id} AS message FROM {User as u} LEFT JOIN {Message as m} ON {m.author} = {u.id}"
))]
struct Misfits {
    id: Id<Message>,
    nick: String,
    name: i64,
    message: Id<Message>,
}

/// None of these is a mistake.
#[derive(View)]
#[view(query = sql(
    "SELECT {u.id}, {u.nick}, ({u.name}) AS name, {m.id} AS message, count(*)
       FROM {User as u} LEFT JOIN {Message as m} ON {m.author} = {u.id}
      WHERE {u.nick} IS NOT NULL AND {m.id} > 0
      GROUP BY {u.id}, {m.id}"
))]
struct Fits {
    id: i64,
    nick: String,
    name: Option<String>,
    message: Id<Message>,
    count: i64,
}

#[derive(View)]
#[view(query = sql("SELECT {n.id} FROM {NoRelation as n}"), depends(Missing))]
struct Reads {
    id: i64,
}

struct NoRelation;

#[derive(View)]
#[view(query = sql("SELECT 1"))]
struct Types {
    #[column(type = text)]
    one: i32,
}

fn main() {
    let _ = sql!("SELECT {f.id}, {f.nik} FROM {Fits as f}");
}
