use schema_core::Table;

#[derive(Table)]
#[table(replica_identity = ful, clustered_on = messages_pkey)]
struct Message {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
