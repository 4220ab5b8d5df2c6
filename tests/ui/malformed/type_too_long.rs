use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(type = varchar(10485761))]
    author: String,
}

fn main() {}
