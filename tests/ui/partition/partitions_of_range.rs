use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = range(id),
    partitions = 4,
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
