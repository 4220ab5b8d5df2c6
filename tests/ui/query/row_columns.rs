use schema_core::{FromRow, Id, Table, sql};

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

#[derive(FromRow)]
struct Line {
    id: Id<Message>,
    content: String,
}

#[derive(FromRow)]
struct Both {
    #[column(nested)]
    line: Line,
    posts: i64,
}

fn main() {
    sql!(Line, "select {m.id}, {m.content}, {m.author_id} from {Message as m}");
    sql!(Line, "select {m.id} from {Message as m}");
    sql!(Line, "select {m.id}, count(*) as posts, 1 from {Message as m} group by 1");
    sql!(Line, "select {m.content}, {m.id} from {Message as m}");
    sql!(Both, "select {m.id}, count(*) from {Message as m} group by 1");
}
