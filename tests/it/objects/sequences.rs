//! Sequences.

use schema_core::{Id, Table, ddl, schema, schema::Schema, statement};

use super::created;

#[derive(Table, Debug)]
#[table(name = "orders", namespace = "shop")]
struct Order {
    #[column(primary_key, default = sql("nextval('shop.order_numbers')"))]
    number: i64,
    note: String,
}

#[derive(Table)]
#[table(name = "tickets")]
struct Ticket {
    #[column(primary_key)]
    id: Id<Ticket>,
    #[column(name = "serial no", default = sql("nextval('down')"))]
    serial: i16,
}

schema! {
    static SHOP = [Order, Ticket], sequences = [
        sequence(
            name = "order_numbers",
            namespace = "shop",
            start = 1000,
            increment = 10,
            min = 1,
            max = 9999,
            cache = 20,
            cycle,
            owned_by = Order(number),
            comment = "What's on the receipt.",
        ),
        sequence(name = "down", type = smallint, increment = -1, owned_by = Ticket(serial)),
        sequence(name = "lowest", type = integer, min = -2147483648, start = -5),
        sequence(name = "Highest \"one\"", namespace = "Other", max = 9223372036854775807),
    ];
}

#[tokio::test]
async fn sequences_have_every_option() {
    created(&SHOP).await;
}

#[tokio::test]
async fn a_default_takes_the_next_number() {
    let (_database, client) = created(&SHOP).await;
    let sql = "INSERT INTO shop.orders (note) VALUES ('a'), ('b')";
    client.batch_execute(sql).await.unwrap();
    let orders: Vec<Order> = statement::query_as(&client, &statement::select_text::<Order>(), &[])
        .await
        .unwrap();
    let numbers: Vec<i64> = orders.iter().map(|order| order.number).collect();
    assert_eq!(numbers, [1000, 1010], "{orders:?}");
    assert_eq!(orders[0].note, "a");
}

#[test]
fn what_the_server_would_choose_is_left_out() {
    let schema = Schema::from_def(&SHOP).unwrap();
    let script = ddl::script(&schema);
    let down = "CREATE SEQUENCE down AS smallint INCREMENT BY -1;";
    assert!(script.contains(down), "{script}");
}

#[test]
fn a_sequence_leaves_no_place_for_a_name_that_is_chosen() {
    schema! {
        static TAKEN = [Ticket], sequences = [sequence(name = "tickets_pkey")];
    }
    let schema = Schema::from_def(&TAKEN).unwrap();
    let key = schema.tables[0].primary_key.as_ref().unwrap();
    assert_eq!(key.name, "tickets_pkey1");
}
