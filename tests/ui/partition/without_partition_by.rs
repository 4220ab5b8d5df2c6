use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition(name = "rest", default),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
