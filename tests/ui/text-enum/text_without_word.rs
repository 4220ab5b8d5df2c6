use schema_core::TextEnum;

#[derive(TextEnum)]
enum Status {
    #[text("away")]
    Away,
}

fn main() {}
