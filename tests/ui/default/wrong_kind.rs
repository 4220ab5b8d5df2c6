use schema_core::{Id, Table};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(default = "0")]
    age: i32,
    #[column(default = 1.5)]
    visits: i64,
    #[column(default = 0)]
    name: String,
    #[column(default = true)]
    email: String,
    #[column(default = "yes")]
    active: bool,
    #[column(default = 1)]
    verified: bool,
    #[column(default = "half")]
    share: f64,
    #[column(default = 0)]
    tags: Vec<i32>,
}

fn main() {}
