//! Tables that are divided in another way: one takes the other's place with its rows, or nothing happens.

use schema_core::schema::Schema;
use schema_kit::{
    diff::{Diff, Renames},
    introspect::{self, Filter},
    plan::{Part, Plan, PlanOptions},
    testing::Template,
};
use tests::{TestDatabase, database_from};
use tokio_postgres::Client;

const PLAIN: &str = "CREATE TABLE users (id int PRIMARY KEY);
    CREATE TABLE messages (id bigint PRIMARY KEY, author int REFERENCES users, content text);
    CREATE TABLE reactions (message bigint REFERENCES messages, emoji text);
    GRANT SELECT ON messages TO PUBLIC;
    GRANT UPDATE (content) ON messages TO PUBLIC;";

const ROWS: &str = "INSERT INTO users VALUES (1);
    INSERT INTO messages SELECT n, 1, 'message ' || n FROM generate_series(1, 100) n;
    INSERT INTO reactions SELECT n, '+' FROM generate_series(1, 100) n;";

const DIVIDED: &str = "CREATE TABLE users (id int PRIMARY KEY);
    CREATE TABLE messages (id bigint PRIMARY KEY, author int REFERENCES users, content text) PARTITION BY RANGE (id);
    CREATE TABLE messages_1 PARTITION OF messages FOR VALUES FROM (0) TO (60);
    CREATE TABLE reactions (message bigint REFERENCES messages, emoji text);
    GRANT SELECT ON messages TO PUBLIC;
    GRANT UPDATE (content) ON messages TO PUBLIC;";

const REST: &str = "CREATE TABLE messages_2 PARTITION OF messages FOR VALUES FROM (60) TO (200);";

async fn read(client: &mut Client) -> Schema {
    let filter = Filter {
        privileges: true,
        ..Filter::default()
    };
    introspect::read(client, &filter).await.unwrap().schema
}

async fn made(sql: &str) -> (TestDatabase, Client, Schema) {
    let database = database_from(&Template::new(sql));
    let mut client = database.connect().await.unwrap();
    let schema = read(&mut client).await;
    (database, client, schema)
}

fn online(previous: &Schema, next: &Schema) -> Plan {
    let (diff, renames) = (Diff::between(previous, next), Renames::default());
    Plan::with_options(&diff, previous, next, &renames, &PlanOptions::online()).unwrap()
}

/// Runs a part as a runner does: all of it, or nothing.
async fn run(client: &mut Client, part: Part<'_>) -> Result<(), tokio_postgres::Error> {
    let sql: Vec<&str> = part.statements.iter().map(|it| it.sql.as_str()).collect();
    if !part.transactional {
        return client.batch_execute(sql[0]).await;
    }
    let transaction = client.transaction().await.unwrap();
    for sql in sql {
        transaction.batch_execute(sql).await?;
    }
    transaction.commit().await
}

/// How many messages there are, and what their ids add up to.
async fn messages(client: &Client) -> (i64, i64) {
    let sql = "SELECT count(*), sum(id)::bigint FROM messages";
    let row = client.query_one(sql, &[]).await.unwrap();
    (row.get(0), row.get(1))
}

#[tokio::test]
async fn rows_and_privileges_go_over_in_one_transaction() {
    let (_one, mut client, previous) = made(&format!("{PLAIN}{ROWS}")).await;
    let (_other, _, next) = made(&format!("{DIVIDED}{REST}")).await;
    for (from, to) in [(&previous, &next), (&next, &previous)] {
        let plan = online(from, to);
        let parts = plan.parts();
        let moves = |part: &&Part<'_>| {
            let sql = |sql: &str| part.statements.iter().any(|it| it.sql.starts_with(sql));
            sql("ALTER TABLE messages RENAME TO messages_old")
                && sql("CREATE TABLE messages (")
                && sql("INSERT INTO messages (id, author, content)")
                && sql("DROP TABLE messages_old")
        };
        assert_eq!(parts.iter().filter(moves).count(), 1, "{}", plan.script());
        for part in parts {
            run(&mut client, part).await.unwrap();
            assert_eq!(messages(&client).await, (100, 5050));
        }
        let live = read(&mut client).await;
        assert!(Diff::between(&live, to).is_empty(), "{}", plan.script());
    }
}

#[tokio::test]
async fn a_row_without_a_partition_leaves_all_as_it_was() {
    let (_one, mut client, previous) = made(&format!("{PLAIN}{ROWS}")).await;
    let (_other, _, next) = made(DIVIDED).await;
    let plan = online(&previous, &next);
    let mut refused = None;
    for part in plan.parts() {
        if let Err(error) = run(&mut client, part).await {
            refused = Some(error.to_string());
            break;
        }
    }
    assert!(refused.is_some(), "{}", plan.script());
    assert_eq!(messages(&client).await, (100, 5050));
    let live = read(&mut client).await;
    assert!(Diff::between(&live, &previous).is_empty());
}

#[tokio::test]
async fn what_a_plan_says_of_its_locks_is_so() {
    for (from, to) in [
        (PLAIN, &*format!("{DIVIDED}{REST}")),
        (&*format!("{DIVIDED}{REST}"), PLAIN),
    ] {
        let (_one, mut client, previous) = made(&format!("{from}{ROWS}")).await;
        let (_other, _, next) = made(to).await;
        let plan = online(&previous, &next);
        super::run_plan(&client, &plan, &plan.script()).await;
        let live = read(&mut client).await;
        assert!(Diff::between(&live, &next).is_empty());
    }
}
