use schema_core::Table;

// The word may stand where `no_primary_key` was meant.
#[derive(Table)]
#[table(name)]
struct Message {
    id: i64,
}

#[derive(Table)]
#[table(name = "replies", name)]
struct Reply {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
