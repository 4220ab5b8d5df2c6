use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = range(id),
    partition(name = "a", from = "2026-01-01", to = 2.5),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
