use schema_core::TextEnum;

#[derive(TextEnum)]
enum Status {
    Online,
    #[text(name = "online")]
    Away,
}

fn main() {}
