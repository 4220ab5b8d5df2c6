use schema_core::{Id, Table, schema};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
}

schema! {
    static CHAT = [User, self::User];
}

fn main() {}
