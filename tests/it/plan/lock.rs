//! Locks while others use the database: a statement of a plan for tables in use gives up rather than keep them waiting.

use std::time::Duration;

use schema_kit::{
    diff::{Diff, Renames},
    plan::{LockMode, Plan, PlanOptions},
    testing::Template,
};
use tests::{TestDatabase, database_from};
use tokio_postgres::{Client, error::SqlState};

use super::{live::made, observe::mode};

const USERS: &str =
    "CREATE TABLE users (id bigint, name text); INSERT INTO users VALUES (1, 'ada');";

async fn plan(change: &str) -> Plan {
    let (previous, next) = (made(USERS).await, made(&format!("{USERS} {change}")).await);
    let (diff, renames) = (Diff::between(&previous, &next), Renames::default());
    let mut options = PlanOptions::online();
    options.timeouts.lock = Some(Duration::from_millis(1500));
    Plan::with_options(&diff, &previous, &next, &renames, &options).unwrap()
}

async fn database() -> (TestDatabase, [Client; 3]) {
    let database = database_from(&Template::new(USERS));
    let mut clients = Vec::new();
    for _ in 0..3 {
        clients.push(database.connect().await.unwrap());
    }
    let clients = clients.try_into().unwrap_or_else(|_| unreachable!());
    (database, clients)
}

async fn pid(client: &Client) -> i32 {
    let row = client
        .query_one("SELECT pg_backend_pid()", &[])
        .await
        .unwrap();
    row.get(0)
}

/// Returns when a session waits for a lock.
async fn until_it_waits(observer: &Client, pid: i32) {
    let waits = "SELECT EXISTS (SELECT FROM pg_locks WHERE pid = $1 AND NOT granted)";
    while !observer
        .query_one(waits, &[&pid])
        .await
        .unwrap()
        .get::<_, bool>(0)
    {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_statement_that_gets_no_lock_gives_up_and_lets_the_others_through() {
    let plan = plan("ALTER TABLE users ADD age int;").await;
    let script = plan.script();
    let (_database, [holder, runner, other]) = database().await;
    holder
        .batch_execute("BEGIN; SELECT FROM users")
        .await
        .unwrap();
    let runner_pid = pid(&runner).await;
    let run = tokio::spawn(async move { runner.batch_execute(&script).await });
    until_it_waits(&other, runner_pid).await;
    // It waits behind the statement, which waits for a transaction that does not end.
    other.batch_execute("SELECT FROM users").await.unwrap();
    let error = run.await.unwrap().unwrap_err();
    assert_eq!(
        error.code(),
        Some(&SqlState::LOCK_NOT_AVAILABLE),
        "{error:?}"
    );
    holder.batch_execute("COMMIT").await.unwrap();
}

#[tokio::test]
async fn an_index_is_built_and_dropped_under_the_lock_that_is_said() {
    let forth = plan("CREATE INDEX by_name ON users (name);").await;
    let (previous, next) = (
        made(&format!("{USERS} CREATE INDEX by_name ON users (name);")).await,
        made(USERS).await,
    );
    let (diff, renames) = (Diff::between(&previous, &next), Renames::default());
    let back =
        Plan::with_options(&diff, &previous, &next, &renames, &PlanOptions::online()).unwrap();
    let (_database, [holder, runner, other]) = database().await;
    let runner_pid = pid(&runner).await;
    let mut runner = Some(runner);
    for plan in [forth, back] {
        let [statement] = &plan.statements[..] else {
            panic!("{}", plan.script());
        };
        // A writer's transaction is what it waits for.
        holder
            .batch_execute("BEGIN; UPDATE users SET id = 2")
            .await
            .unwrap();
        let (client, sql) = (runner.take().unwrap(), statement.sql.clone());
        let run = tokio::spawn(async move {
            client.batch_execute(&sql).await.unwrap();
            client
        });
        until_it_waits(&other, runner_pid).await;
        let held =
            "SELECT mode FROM pg_locks WHERE pid = $1 AND relation = 'users'::regclass AND granted";
        let rows = other.query(held, &[&runner_pid]).await.unwrap();
        let strongest = rows.iter().map(|row| mode(row.get(0))).max();
        // Writers write meanwhile.
        other
            .batch_execute("INSERT INTO users VALUES (3, 'bob')")
            .await
            .unwrap();
        holder.batch_execute("COMMIT").await.unwrap();
        runner = Some(run.await.unwrap());
        assert_eq!(strongest, Some(LockMode::ShareUpdateExclusive));
        assert_eq!(statement.effects[0].lock, LockMode::ShareUpdateExclusive);
    }
}
