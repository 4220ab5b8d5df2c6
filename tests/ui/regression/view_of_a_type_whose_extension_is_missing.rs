use schema_core::{Table, View, schema};

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key, type = citext)]
    email: String,
}

#[derive(View)]
#[view(query = sql("SELECT {m.email} FROM {User as m}"))]
struct Address {
    #[column(type = citext)]
    email: String,
}

schema! {
    pub static CHAT = [User, Address];
}

fn main() {}
