use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = citext)]
    title: String,
}

schema_core::schema! {
    static SCHEMA = [Message];
}

fn main() {}
