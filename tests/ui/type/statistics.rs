use schema_core::Table;

#[derive(Table)]
struct Message {
    #[column(primary_key, statistics = 10001)]
    id: i64,
    #[column(statistics = "many")]
    words: String,
}

fn main() {}
