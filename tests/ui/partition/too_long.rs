use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = list(region),
    partition(name = "a", in("europe", "eu")),
)]
struct Sale {
    id: i64,
    #[column(type = varchar(2))]
    region: String,
}

fn main() {}
