use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = range(id),
    partition(name = "some"),
    partition(name = "more", from = 0),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
