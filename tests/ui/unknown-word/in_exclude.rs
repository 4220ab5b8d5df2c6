use schema_core::Table;

#[derive(Table)]
#[table(exclude(using = gist, author with "=", whre = sql("true")))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
