use schema_core::{Id, Table, sql};

mod tables {
    use schema_core::{Id, Table};

    #[derive(Table)]
    #[table(name = "users")]
    pub struct User {
        #[column(primary_key)]
        pub id: Id<User>,
        #[column(name = "display_name")]
        pub name: String,
        pub nickname: Option<String>,
        secret: i32,
        #[column(skip)]
        pub online: bool,
    }
}
use tables::User;

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
    author_id: Id<User>,
    content: String,
}

fn main() {
    let (limit, offset, text) = (10_i32, 20_usize, "all");
    let right = Some(7_i64);
    sql!("select {m.id} from {Message as m} limit ${limit} offset ${offset}");
    sql!("select {m.id} from {Message as m} where {m.id} in (select {m.id} from {Message as m} limit ${text})");
    sql!("select {m.id} from {Message as m} limit ${right} offset ${3}");
}
