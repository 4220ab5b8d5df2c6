use schema_core::TextEnum;

#[derive(TextEnum)]
#[text(rename_all = "snek_case")]
enum Status {
    Online,
}

fn main() {}
