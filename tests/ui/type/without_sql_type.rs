use schema_core::{Id, Table};

struct Settings;

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    settings: Settings,
    former: Option<Settings>,
    owner: Id<Settings>,
}

fn main() {}
