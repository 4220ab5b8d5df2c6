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
    sql!("select {u.id} from {User as u} order by {u.secret}");
    sql!("select {u.secret} from {User as u}");
}
