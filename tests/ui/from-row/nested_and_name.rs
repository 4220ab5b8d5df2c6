use schema_core::FromRow;

#[derive(FromRow)]
struct Line {
    #[column(nested, name = "author")]
    author: Author,
    #[column(nested = "editor_", json)]
    editor: Author,
}

#[derive(FromRow)]
struct Author {
    name: String,
}

fn main() {}
