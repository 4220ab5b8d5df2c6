//! Whether a change of a column's type writes the table anew is the server's to say.

use schema_core::{ddl, schema::Schema};
use schema_kit::{
    diff::{Diff, Renames},
    plan::Plan,
};
use tests::client;

use super::{EMPTY, observe::Observer, run, schema, table};

const TYPES: [&str; 22] = [
    "smallint",
    "integer",
    "bigint",
    "numeric",
    "numeric(8, 2)",
    "numeric(10, 2)",
    "text",
    "varchar",
    "varchar(10)",
    "varchar(20)",
    "char(10)",
    "date",
    "timestamp",
    "timestamp(3)",
    "timestamptz",
    "interval(3)",
    "jsonb",
    "inet",
    "cidr",
    "varbit(8)",
    "varbit",
    "varchar(10)[]",
];

fn of(ty: &str) -> Schema {
    schema([table("t", &[("c", ty)])])
}

#[tokio::test]
async fn each_change_of_type_says_whether_it_writes_the_table_anew() {
    let (_database, client) = client().await;
    // Between the two kinds of timestamp nothing is written where the zone is UTC, which a plan does not know.
    client
        .batch_execute("SET TimeZone = 'Europe/Berlin'")
        .await
        .unwrap();
    let mut problems = Vec::new();
    for (previous, next) in TYPES.iter().flat_map(|one| TYPES.map(|other| (one, other))) {
        let (previous, next) = (of(previous), of(next));
        client.batch_execute(EMPTY).await.unwrap();
        run(&client, ddl::create(&previous), "create").await;
        let diff = Diff::between(&previous, &next);
        let plan = Plan::new(&diff, &previous, &next, &Renames::default()).unwrap();
        let observer = Observer::new(&client).await;
        for statement in &plan.statements {
            problems.extend(observer.run(&client, statement, "conversion").await);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
