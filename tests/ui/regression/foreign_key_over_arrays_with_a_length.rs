use schema_core::Table;

#[derive(Table)]
struct Tag {
    #[column(primary_key)]
    id: i64,
    #[column(unique, type = varchar(10)[])]
    names: Vec<String>,
}

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(references = Tag(names), type = varchar(10)[])]
    names: Vec<String>,
}

fn main() {}
