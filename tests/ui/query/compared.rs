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
    let (number, text, user) = (3_i32, "text", Id::<User>::generate());
    let (numbers, users) = (vec![1_i64], vec![user]);
    // One of each is right, and says nothing.
    sql!("delete from {Message as m} where {m.author_id} = ${user}");
    sql!("delete from {Message as m} where {m.id} = ${user}");
    sql!("delete from {Message as m} where ${text} <= {m.id} and {m.author_id} = any(${users})");
    sql!("delete from {Message as m} where {m.author_id} = any(${user})");
    sql!("delete from {Message as m} where {m.author_id} = any(${numbers})");
    sql!("delete from {Message as m} where {m.id} in (${user}, 7) or {m.content} between ${number} and ${text}");
}
