use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = range(id, day),
    partition(name = "some", from(minvalue, "2026-01-01"), to(maxvalue, maxvalue)),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
