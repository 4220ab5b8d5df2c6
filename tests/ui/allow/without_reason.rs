use schema_core::Table;

#[derive(Table)]
#[table(allow(quoted_name))]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(allow(char_type))]
    title: String,
}

fn main() {}
