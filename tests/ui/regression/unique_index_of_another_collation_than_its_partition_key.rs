use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = list(country),
    unique_index(country collate = "C", id),
    unique_index(city collate = "C", country),
)]
struct Place {
    id: i64,
    country: String,
    #[column(collate = "C")]
    city: String,
}

fn main() {}
