use schema_core::{Error, Id, Table, sql};

#[derive(Table)]
#[table(name = "messages")]
struct Message {
    #[column(primary_key)]
    id: Id<Message>,
}

async fn clear(client: &tokio_postgres::Client) -> Result<(), Error> {
    sql!("delete from {Message}").fetch_all(client).await?;
    Ok(())
}

fn main() {}
