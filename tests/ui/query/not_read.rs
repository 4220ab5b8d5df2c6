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
    id: Id<Message>,
}

async fn read(client: &tokio_postgres::Client) -> Result<(), schema_core::Error> {
    let message = sql!(Line, "select {m.id} from {Message as m}").fetch_one(client).await?;
    let id: Id<Message> = message.id;
    sql!("delete from {Message}").fetch_all(client).await?;
    Ok(())
}

fn main() {}
