use schema_core::Table;

#[derive(Table)]
enum Message {
    Text,
}

fn main() {}
