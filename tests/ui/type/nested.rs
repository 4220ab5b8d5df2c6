use schema_core::{Id, Table};

type Maybe = Option<String>;

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    nickname: Option<Option<String>>,
    title: Option<Maybe>,
    matrix: Vec<Vec<i32>>,
}

fn main() {}
