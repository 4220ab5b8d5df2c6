use schema_core::Table;

#[derive(Table)]
struct Tag {
    #[column(primary_key, type = varchar(32)[])]
    words: Vec<String>,
    #[column(unique)]
    numbers: Vec<i64>,
}

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(references = Tag)]
    words: Vec<String>,
    #[column(references = Tag(numbers))]
    numbers: Vec<i64>,
}

fn main() {}
