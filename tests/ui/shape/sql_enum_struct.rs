use schema_core::SqlEnum;

#[derive(SqlEnum)]
struct Status {
    text: String,
}

fn main() {}
