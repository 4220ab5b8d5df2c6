use schema_core::Table;

#[derive(Table)]
#[table(
    primary_key(id),
    partition_by = hash(id),
    partition(name = "a", modulus = 1, remainder = 0, partition_by = list(region)),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
