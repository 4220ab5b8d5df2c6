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
    let (number, nothing, user) = (3_i64, None::<String>, Id::<User>::generate());
    sql!("update {Message} set {Message::content} = ${number} where {Message::author_id} = ${user}");
    sql!("update {Message} set {Message::content} = ${nothing}");
    sql!(
        "insert into {Message} ({Message::id}, {Message::author_id}, {Message::content})
         values (${user}, ${user}, 'text')"
    );
}
