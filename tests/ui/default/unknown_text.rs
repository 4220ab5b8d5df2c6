use schema_core::{Id, Table, TextEnum};

#[derive(Debug, TextEnum)]
enum Status {
    Online,
    Offline,
}

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(default = "ofline")]
    status: Status,
    #[column(default = "gone")]
    former_status: Option<Status>,
    #[column(default = 1)]
    next_status: Status,
}

fn main() {}
