use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(allow(char_type, reason))]
    title: String,
    #[column(allow(char_type, reason = fixed))]
    code: String,
}

fn main() {}
