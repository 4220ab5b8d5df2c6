use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    // No key has a place here: that it stands behind a flag is the whole message.
    #[column(unique(nulls_not_distinct, deferrable name initially_deferred))]
    kind: Option<i64>,
}

fn main() {}
