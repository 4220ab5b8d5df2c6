use schema_core::{Table, schema};

#[derive(Table)]
#[table(name = "messages")]
pub struct Message {
    #[column(primary_key)]
    pub id: i64,
    pub content: String,
}

#[derive(Table)]
#[table(name = "orders")]
pub struct Order {
    #[column(primary_key)]
    pub number: i64,
}

schema! {
    pub static CHAT = [Message],
        sequences = [sequence(name = "numbers", owned_by = Order(number))],
        objects = [
            sql("CREATE VIEW all_orders AS SELECT {Order.number} FROM {Order}"),
            object(sql("CREATE VIEW one AS SELECT 1"), depends(Order)),
        ];
}

fn main() {}
