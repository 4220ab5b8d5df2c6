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

struct Line {
    id: i64,
}

fn main() {
    sql!("select {l.id} from {Line as l} where {l.id} = ${3}");
    sql!("select {l.id} from {Missing as l}");
}
