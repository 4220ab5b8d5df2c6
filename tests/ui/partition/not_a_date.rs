use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = range(day),
    partition(name = "a", from = "soon", to = "2026-02-30"),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
