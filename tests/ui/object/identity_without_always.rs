use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "invoices")]
pub struct Invoice {
    #[column(primary_key, identity(start = 10))]
    pub number: i64,
    #[column(identity(always, by_default))]
    pub position: i64,
}

schema! {
    pub static SHOP = [Invoice];
}

fn main() {}
