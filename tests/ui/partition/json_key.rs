use schema_core::Table;

#[derive(Table)]
#[table(
    no_primary_key,
    partition_by = hash(id),
)]
struct Sale {
    #[column(type = json)]
    id: serde_json::Value,
}

fn main() {}
