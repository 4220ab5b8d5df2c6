use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(type = varchar(4), default = "ääääe")]
    name: String,
    #[column(type = char(2), default = "abc")]
    code: Option<String>,
    #[column(type = varchar(4), default = "äääe")]
    fits: String,
}

fn main() {}
