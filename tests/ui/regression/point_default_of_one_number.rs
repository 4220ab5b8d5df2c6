use schema_core::{Table, ty::RawValue};

#[derive(Table)]
struct Place {
    #[column(primary_key)]
    id: i64,
    #[column(type = point, default = "1")]
    at: RawValue,
}

fn main() {}
