use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    index(id, name = "a"),
    partition_by = list(region),
    partition(name = "a", in("eu")),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
