use schema_core::Table;

#[derive(Table)]
#[table(allow())]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(allow(reason = "it has two letters"))]
    title: String,
    #[column(allow)]
    code: String,
}

fn main() {}
