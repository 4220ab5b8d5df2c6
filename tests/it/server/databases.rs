//! Databases for tests: alike, apart, and gone afterwards.

use std::panic::{AssertUnwindSafe, catch_unwind};

use schema_kit::testing::Template;
use tests::{database, database_from, server};
use tokio_postgres::NoTls;

/// Whether the run's server has a database of this name.
async fn exists(name: &str) -> bool {
    let config = server().server().connection().config();
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "SELECT count(*) FROM pg_database WHERE datname = $1";
    client
        .query_one(sql, &[&name])
        .await
        .unwrap()
        .get::<_, i64>(0)
        == 1
}

#[tokio::test]
async fn a_database_holds_what_its_template_says() {
    let database = database_from(&Template::new(
        "CREATE TABLE t (n int); INSERT INTO t VALUES (3)",
    ));
    let client = database.connect().await.unwrap();
    assert_eq!(
        client
            .query_one("SELECT n FROM t", &[])
            .await
            .unwrap()
            .get::<_, i32>(0),
        3
    );
}

#[tokio::test]
async fn databases_of_one_template_are_apart() {
    let template = Template::new("CREATE TABLE apart (n int)");
    let (first, second) = (database_from(&template), database_from(&template));
    first
        .connect()
        .await
        .unwrap()
        .batch_execute("DROP TABLE apart")
        .await
        .unwrap();
    second
        .connect()
        .await
        .unwrap()
        .batch_execute("SELECT * FROM apart")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_database_is_dropped_when_its_test_succeeds_even_with_an_open_connection() {
    let database = database();
    let name = database.name().to_owned();
    let client = database.connect().await.unwrap();
    drop(database);
    assert!(!exists(&name).await);
    drop(client);
}

#[tokio::test]
async fn a_database_is_kept_when_its_test_panics() {
    let database = database();
    let name = database.name().to_owned();
    let panicked = catch_unwind(AssertUnwindSafe(move || {
        let _database = database;
        panic!("as a failing test does");
    }));
    assert!(panicked.is_err());
    assert!(exists(&name).await);
}

#[tokio::test]
async fn templates_are_made_once_by_however_many_threads() {
    let template = Template::new("CREATE TABLE many (n int)");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| drop(database_from(&template)));
        }
    });
    assert!(exists(&template.name()).await);
}

#[tokio::test]
async fn a_template_with_wrong_sql_says_so_and_leaves_nothing() {
    let template = Template::new("CREATE TABEL oops ()");
    let error = server().database(&template).unwrap_err();
    assert_eq!(error.to_string(), "cannot fill a template");
    let cause = std::error::Error::source(&error).unwrap();
    let cause = cause.downcast_ref::<tokio_postgres::Error>().unwrap();
    assert!(cause.as_db_error().unwrap().message().contains("TABEL"));
    assert!(!exists(&template.name()).await);
}

#[tokio::test]
async fn the_url_of_a_database_connects_to_it() {
    let database = database();
    let config: tokio_postgres::Config = database.url().parse().unwrap();
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    let name: String = client
        .query_one("SELECT current_database()::text", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(name, database.name());
}

#[tokio::test]
async fn a_session_in_the_middle_of_a_copy_does_not_keep_databases_from_being_dropped() {
    let (copying, client) = tests::client().await;
    client
        .batch_execute("CREATE TABLE t (id int)")
        .await
        .unwrap();
    let sink = client
        .copy_in::<_, bytes::Bytes>("COPY t FROM STDIN")
        .await
        .unwrap();
    let other = tests::database();
    let dropping = std::thread::spawn(move || drop(other));
    // The client's own connection stands still meanwhile, as at the end of a test.
    std::thread::spawn(move || drop(copying)).join().unwrap();
    dropping.join().unwrap();
    drop(sink);
}
