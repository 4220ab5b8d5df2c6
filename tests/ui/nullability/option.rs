use schema_core::{Id, Table};

type Maybe = Option<i64>;

#[derive(Table)]
#[table(name = "members", primary_key(server, user))]
struct Member {
    server: Option<Id<Member>>,
    user: Maybe,
}

#[derive(Table)]
#[table(name = "counters")]
struct Counter {
    #[column(primary_key, identity = always)]
    id: i64,
    #[column(identity = by_default)]
    next: Option<i32>,
    #[column(identity = always)]
    name: String,
}

fn main() {}
