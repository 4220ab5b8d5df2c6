use schema_core::{Table, schema};

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(type = citext)]
    name: String,
}

schema! {
    static CHAT = [User];
}

fn main() {}
