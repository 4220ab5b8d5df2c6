use schema_core::Table;

#[derive(Table)]
#[table(allow(quoted_name reason = "it is so"))]
struct Message {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
