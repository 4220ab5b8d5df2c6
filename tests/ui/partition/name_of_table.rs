use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    name = "sales",
    partition_by = list(region),
    partition(name = "sales", in("eu")),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
