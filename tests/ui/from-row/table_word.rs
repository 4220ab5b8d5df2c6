use schema_core::FromRow;

#[derive(FromRow)]
#[table(name = "lines")]
struct Line {
    body: String,
}

fn main() {}
