use schema_core::{Id, Table};

type Maybe = Option<String>;

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(type = integer)]
    name: String,
    #[column(type = text)]
    age: Option<i32>,
    #[column(type = text)]
    tags: Vec<String>,
    #[column(type = text[])]
    tag: String,
    #[column(type = uuid)]
    alias: Maybe,
}

fn main() {}
