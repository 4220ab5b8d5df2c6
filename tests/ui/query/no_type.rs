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
    sql!("select {m.id}, count(*), upper({m.content}) as content from {Message as m}");
    sql!("select * from {Message}");
    sql!("select {m.id}, {u.id} from {Message as m} join {User as u} on true");
    sql!("values (1)");
}
