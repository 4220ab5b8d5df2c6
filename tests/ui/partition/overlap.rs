use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = range(day),
    partition(name = "a", from = "2026-01-01", to = "2026-02-01"),
    partition(name = "b", from = "2026-01-31", to = maxvalue),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
