use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "users", exclude(email with "=", using = gist))]
struct User {
    #[column(primary_key)]
    id: i64,
    #[column(type = citext)]
    email: String,
}

schema! {
    pub static CHAT = [User], extensions = ["citext"];
}

fn main() {}
