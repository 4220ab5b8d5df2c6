use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = hash(id),
    partition(name = "a", modulus = 4, remainder = 4),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
