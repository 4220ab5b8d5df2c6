//! A plan runs on the previous schema, and what is there afterwards is the next one.

mod conversion;
mod live;
mod lock;
mod objects;
mod observe;
mod online;
pub(crate) mod pairs;
mod rebuild;
mod sequence;

use std::{
    env, fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use schema_core::{
    ddl,
    schema::{Column, EnumType, QualifiedName, Schema, Table},
};
use schema_kit::{
    diff::{Diff, Renames},
    plan::{Plan, PlanOptions},
};
use tests::{
    catalog, client,
    definitions::{self, References},
    random::Random,
};
use tokio_postgres::Client;

/// A schema as it can be compared: without the order of columns, which no statement changes.
pub(crate) fn comparable(schema: Schema) -> Schema {
    let mut schema = catalog::sorted(schema);
    for table in &mut schema.tables {
        table
            .columns
            .sort_by(|left, right| left.name.cmp(&right.name));
    }
    schema
}

/// Takes all namespaces away but an empty `public`.
const EMPTY: &str = "\
DO $$ DECLARE namespace text; BEGIN
    FOR namespace IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', namespace);
    END LOOP;
END $$;
CREATE SCHEMA public";

async fn run(client: &Client, statements: impl IntoIterator<Item = String>, context: &str) {
    for statement in statements {
        let sent = client.batch_execute(&statement).await;
        sent.unwrap_or_else(|error| panic!("{context}: {error:?}\n{statement}"));
    }
}

/// The two ways a plan is made.
fn both_ways() -> [PlanOptions; 2] {
    [PlanOptions::default(), PlanOptions::online()]
}

/// Writes the script of a plan for tables in use into the directory that `PLANS` names, for a linter to read.
pub(crate) fn keep_script(script: &str) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let Some(directory) = env::var_os("PLANS") else {
        return;
    };
    if script.starts_with("SET") {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let file = Path::new(&directory).join(format!("{count}.sql"));
        fs::write(file, script).unwrap();
    }
}

/// Runs a plan statement by statement, and holds what each does to tables against what it says.
async fn run_plan(client: &Client, plan: &Plan, context: &str) {
    keep_script(&plan.script());
    let observer = observe::Observer::new(client).await;
    let mut problems = Vec::new();
    for statement in &plan.statements {
        problems.extend(observer.run(client, statement, context).await);
    }
    assert!(problems.is_empty(), "{context}\n{}", problems.join("\n"));
}

/// Makes the previous schema, runs the plan and holds the catalogs against a fresh build of the next one.
async fn assert_planned(
    client: &Client,
    previous: &Schema,
    next: &Schema,
    hints: &[&str],
    options: &PlanOptions,
) {
    let context = &format!("{:?}", options.mode);
    run(client, ddl::create(next), context).await;
    let expected = comparable(catalog::read(client).await);
    client.batch_execute(EMPTY).await.unwrap();
    run(client, ddl::create(previous), context).await;
    let renames = Renames::from_hints(hints, previous).unwrap();
    let renamed = renames.apply(previous);
    let diff = Diff::between(&renamed, next);
    let plan = Plan::with_options(&diff, &renamed, next, &renames, options).unwrap();
    let context = format!("{context}\n{}", plan.script());
    run_plan(client, &plan, &context).await;
    let live = comparable(catalog::read(client).await);
    for (live, expected) in live.tables.iter().zip(&expected.tables) {
        assert_eq!(live, expected, "{context}");
    }
    assert_eq!(live, expected, "{context}");
    assert!(Diff::between(&live, &expected).is_empty(), "{context}");
}

#[tokio::test]
async fn a_plan_for_tables_in_use_between_random_schemas_reaches_the_next_one() {
    let (_database, client) = client().await;
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let first = number("SEED").unwrap_or(0);
    // In UTC the server takes a time of no zone for one of a zone, and writes no row anew.
    client
        .batch_execute("SET TimeZone = 'Europe/Berlin'")
        .await
        .unwrap();
    for seed in first..first + number("COUNT").unwrap_or(20) {
        let random = &mut Random::new(seed);
        let whole = definitions::tables(random, References::Any);
        let pair = tests::pairs::pair(random, &Schema::from_tables(&whole).unwrap());
        eprintln!("seed {seed}");
        let hints: Vec<&str> = pair.hints.iter().map(|hint| &**hint).collect();
        client.batch_execute(EMPTY).await.unwrap();
        let online = PlanOptions::online();
        assert_planned(&client, &pair.previous, &pair.next, &hints, &online).await;
    }
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
        let (previous, next) = (of(&["on", "off"], "on"), of(next, "on"));
        for options in both_ways() {
            let (_database, client) = client().await;
            assert_planned(&client, &previous, &next, &[], &options).await;
        }
    }
}
