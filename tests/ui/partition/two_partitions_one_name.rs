use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = list(region),
    partition(name = "a", in("eu")),
    partition(name = "a", in("us")),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
