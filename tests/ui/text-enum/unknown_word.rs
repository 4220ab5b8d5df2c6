use schema_core::TextEnum;

#[derive(TextEnum)]
enum Status {
    #[text(rename = "away")]
    Away,
}

fn main() {}
