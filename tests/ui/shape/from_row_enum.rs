use schema_core::FromRow;

#[derive(FromRow)]
enum Message {
    Text,
}

fn main() {}
