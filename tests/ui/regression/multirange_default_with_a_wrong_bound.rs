use schema_core::{Table, range::Multirange};

#[derive(Table)]
struct Offer {
    #[column(primary_key)]
    id: i64,
    #[column(default = "{[1,2), [5,4)}")]
    prices: Multirange<i32>,
}

fn main() {}
