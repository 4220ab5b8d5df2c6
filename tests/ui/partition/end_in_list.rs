use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = list(id),
    partition(name = "some", in(1, maxvalue)),
)]
struct Sale {
    id: i64,
    region: String,
    day: jiff::civil::Date,
}

fn main() {}
