use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
    xmin: i64,
    #[column(name = "ctid")]
    place: i64,
}

fn main() {}
