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

async fn run(client: &tokio_postgres::Client) {
    let update = sql!("update {User} set {User::nickname} = null");
    let _ = update.fetch_all(client).await;
    let row = sql!("select {u.id} from {User as u}").fetch_one(client).await;
    row.ok().map(|row| row.name);
}

fn main() {}
