use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
}

schema_core::schema! {
    pub(in) static CHAT = [Message];
}

fn main() {}
