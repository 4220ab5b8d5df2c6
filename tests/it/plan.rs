//! A plan runs on the previous schema, and what is there afterwards is the next one.

mod live;
mod pairs;

use schema_core::{
    ddl,
    schema::{Column, EnumType, QualifiedName, Schema, Table},
};
use schema_kit::{
    diff::{Diff, Renames},
    plan::Plan,
};
use tests::{catalog, client};
use tokio_postgres::Client;

/// A schema as it can be compared: without the order of columns, which no statement changes.
fn comparable(schema: Schema) -> Schema {
    let mut schema = catalog::sorted(schema);
    for table in &mut schema.tables {
        table
            .columns
            .sort_by(|left, right| left.name.cmp(&right.name));
    }
    schema
}

async fn run(client: &Client, statements: impl IntoIterator<Item = String>, context: &str) {
    for statement in statements {
        let sent = client.batch_execute(&statement).await;
        sent.unwrap_or_else(|error| panic!("{context}: {error:?}\n{statement}"));
    }
}

/// Makes the previous schema, runs the plan and holds the catalogs against the next schema.
async fn assert_planned(
    client: &Client,
    previous: &Schema,
    next: &Schema,
    hints: &[&str],
    context: &str,
) {
    run(client, ddl::create(previous), context).await;
    let renames = Renames::from_hints(hints, previous).unwrap();
    let renamed = renames.apply(previous);
    let plan = Plan::new(&Diff::between(&renamed, next), &renamed, next, &renames).unwrap();
    let context = format!("{context}\n{}", plan.script());
    run(
        client,
        plan.statements.into_iter().map(|it| it.sql),
        &context,
    )
    .await;
    let live = comparable(catalog::read(client).await);
    let next = comparable(next.clone());
    for (live, next) in live.tables.iter().zip(&next.tables) {
        assert_eq!(live, next, "{context}");
    }
    assert_eq!(live, next, "{context}");
    assert!(Diff::between(&live, &next).is_empty(), "{context}");
}

fn table(name: &str, columns: &[(&str, &str)]) -> Table {
    let column = |(name, ty): &(&str, &str)| Column {
        nullable: true,
        ..Column::new(*name, ty.parse().unwrap())
    };
    Table {
        columns: columns.iter().map(column).collect(),
        ..Table::new(QualifiedName::new("public", name))
    }
}

fn schema(tables: impl IntoIterator<Item = Table>) -> Schema {
    Schema {
        tables: tables.into_iter().collect(),
        ..Schema::default()
    }
}

#[tokio::test]
async fn a_renamed_column_keeps_its_values() {
    let (_database, client) = client().await;
    let previous = schema([table("user", &[("nick", "text")])]);
    let next = schema([table("users", &[("display_name", "varchar(40)")])]);
    let hints = ["user.nick=display_name", "user=users"];
    run(&client, ddl::create(&previous), "previous").await;
    client
        .batch_execute("INSERT INTO \"user\" VALUES ('ada')")
        .await
        .unwrap();
    let renames = Renames::from_hints(&hints, &previous).unwrap();
    let renamed = renames.apply(&previous);
    let plan = Plan::new(&Diff::between(&renamed, &next), &renamed, &next, &renames).unwrap();
    run(
        &client,
        plan.statements.into_iter().map(|it| it.sql),
        "plan",
    )
    .await;
    let row = client
        .query_one("SELECT display_name FROM users", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, &str>(0), "ada");
}

#[tokio::test]
async fn values_survive_a_change_of_type() {
    for (previous, next, value) in [
        ("integer", "bigint", "42"),
        ("text", "integer", "42"),
        ("integer", "text", "42"),
        ("varchar(10)", "varchar(5)", "abc"),
        ("boolean", "integer", "true"),
        ("integer", "boolean", "1"),
        ("text", "text[]", "abc"),
        ("timestamptz", "date", "2026-11-22 10:00:00+00"),
        ("bigint", "numeric(20, 2)", "42"),
        ("text", "uuid", "6f2a9c0e-9d0a-4a55-8d53-6d7f7a0b1c2d"),
        ("json", "jsonb", "{}"),
        ("text", "jsonb", "{}"),
        ("text[]", "integer[]", "{1,2}"),
    ] {
        let (_database, client) = client().await;
        let sides = [previous, next].map(|ty| {
            let mut table = table("t", &[("c", ty)]);
            table.indexes = Vec::new();
            schema([table])
        });
        run(&client, ddl::create(&sides[0]), previous).await;
        let insert = format!("INSERT INTO t VALUES ('{value}')");
        client.batch_execute(&insert).await.unwrap();
        let none = Renames::default();
        let diff = Diff::between(&sides[0], &sides[1]);
        let plan = Plan::new(&diff, &sides[0], &sides[1], &none).unwrap();
        let context = format!("{previous} to {next}: {}", plan.script());
        run(
            &client,
            plan.statements.into_iter().map(|it| it.sql),
            &context,
        )
        .await;
        let row = client
            .query_one("SELECT c IS NOT NULL FROM t", &[])
            .await
            .unwrap();
        assert!(row.get::<_, bool>(0), "{context}");
    }
}

#[tokio::test]
async fn labels_are_added_in_place_and_taken_away_by_a_new_type() {
    let of = |labels: &[&str], default: &str| {
        let mut users = table("users", &[("status", "public.status")]);
        users.columns[0].default =
            Some(schema_core::schema::Expression::new(format!("'{default}'")));
        Schema {
            enums: vec![EnumType {
                name: QualifiedName::new("public", "status"),
                labels: labels.iter().map(|label| (*label).to_owned()).collect(),
                comment: None,
            }],
            ..schema([users])
        }
    };
    for next in [&["idle", "on", "off", "away"][..], &["off", "on"], &["on"]] {
        let (_database, client) = client().await;
        let (previous, next) = (of(&["on", "off"], "on"), of(next, "on"));
        assert_planned(&client, &previous, &next, &[], "labels").await;
    }
}
