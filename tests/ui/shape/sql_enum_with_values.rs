use schema_core::SqlEnum;

#[derive(SqlEnum)]
enum Status {
    Online,
    Away(String),
}

fn main() {}
