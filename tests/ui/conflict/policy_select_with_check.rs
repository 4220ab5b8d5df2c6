use schema_core::Table;

#[derive(Table)]
#[table(policy(name = "own", for = select, with_check = sql("true")))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
