use schema_core::Table;

#[derive(Table)]
#[table(check(sql("{autor} > 0 and {titel} <> ''")))]
struct Message {
    #[column(primary_key)]
    id: i64,
    author: i64,
    title: String,
}

fn main() {}
