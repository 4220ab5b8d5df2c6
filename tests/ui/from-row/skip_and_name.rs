use schema_core::FromRow;

#[derive(FromRow)]
struct Line {
    body: String,
    #[column(skip, name = "author")]
    author: String,
}

fn main() {}
