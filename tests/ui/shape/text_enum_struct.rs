use schema_core::TextEnum;

#[derive(TextEnum)]
struct Status {
    text: String,
}

fn main() {}
