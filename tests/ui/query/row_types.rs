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
    text: String,
}

#[derive(FromRow)]
struct Person {
    id: Id<User>,
    nickname: String,
    posts: Option<i32>,
}

fn main() {
    sql!(Line, "select {m.author_id}, {m.content} from {Message as m}");
    sql!(Line, "select {m.id}, {m.id} as text from {Message as m}");
    sql!(Person, "select {u.id}, {u.nickname}, 1 as {posts: i32} from {User as u}");
    sql!(Person, "select {u.id}, {u.name}, count(*) as {posts: i64} from {User as u} group by 1, 2");
    sql!(Person, "select {u.id}, {u.name}, 3 from {Message as m} left join {User as u} on {u.id} = {m.author_id}");
}
