use schema_core::Table;

#[derive(Table)]
#[table(check(sql("{author} > 0"), nmae = "positive"))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
