use schema_core::{Id, Table, TextEnum};

#[derive(Debug, TextEnum)]
enum Status {
    Online,
    DoNotDisturb,
}

#[derive(Table)]
#[table(name = "users")]
struct User {
    #[column(primary_key)]
    id: Id<User>,
    #[column(type = varchar(10))]
    status: Status,
    #[column(type = integer)]
    former_status: Status,
}

fn main() {}
