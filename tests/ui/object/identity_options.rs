use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "invoices")]
pub struct Invoice {
    #[column(primary_key, identity(always, start = 0))]
    pub number: i64,
    #[column(identity(by_default, increment = 0, cache = 0, cycel))]
    pub position: i64,
}

schema! {
    pub static SHOP = [Invoice];
}

fn main() {}
