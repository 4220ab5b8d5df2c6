use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

#[derive(Table)]
#[table(partition_by = range(id))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(references = User, not_valid)]
    author: Id<User>,
}

fn main() {}
