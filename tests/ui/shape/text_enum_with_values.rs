use schema_core::TextEnum;

#[derive(TextEnum)]
enum Status {
    Online,
    Away(String),
}

fn main() {}
