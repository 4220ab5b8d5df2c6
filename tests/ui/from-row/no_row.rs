use schema_core::FromRow;

#[derive(Debug, FromRow)]
struct Line {
    #[column(nested)]
    author: Author,
}

#[derive(Debug)]
struct Author {
    name: String,
}

fn main() {}
