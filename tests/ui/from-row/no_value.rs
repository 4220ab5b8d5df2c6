use schema_core::FromRow;

#[derive(Debug, FromRow)]
struct Line {
    author: Author,
}

#[derive(Debug)]
struct Author {
    name: String,
}

fn main() {}
