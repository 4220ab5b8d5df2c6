use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "invoices")]
pub struct Invoice {
    #[column(primary_key, identity(always, max = 40000))]
    pub number: i16,
    #[column(identity(always, min = 5, max = 5))]
    pub position: i64,
}

schema! {
    pub static SHOP = [Invoice];
}

fn main() {}
