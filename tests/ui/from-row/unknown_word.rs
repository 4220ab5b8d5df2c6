use schema_core::FromRow;

#[derive(FromRow)]
struct Line {
    #[column(type = text)]
    body: String,
    #[column(prefix = "author_")]
    author: String,
}

fn main() {}
