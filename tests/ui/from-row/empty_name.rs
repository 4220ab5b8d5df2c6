use schema_core::FromRow;

#[derive(FromRow)]
struct Line {
    #[column(name = "")]
    body: String,
}

fn main() {}
