//! Streams so many rows of the messages table in one of three ways: what `callgrind-row.sh` counts instructions of.
//!
//! Arguments: the way (`mapped`, `get` or `undecoded`) and the number of rows.

mod message;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let [way, rows] = &arguments[..] else {
        // `cargo bench` without arguments comes by here.
        return;
    };
    let (_, way) = message::Way::ALL
        .into_iter()
        .find(|(name, _)| name == way)
        .expect("the way is mapped, get or undecoded");
    let rows: i64 = rows.parse().expect("the number of rows is a number");
    let (_database, client) = tests::client().await;
    let statement = message::prepare(&client).await;
    let count = way.stream(&client, &statement, rows).await;
    assert_eq!(i64::try_from(count), Ok(rows));
}
