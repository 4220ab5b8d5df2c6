use schema_core::{Id, Table};

type Maybe = Option<Option<String>>;

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    nickname: Maybe,
}

fn main() {}
