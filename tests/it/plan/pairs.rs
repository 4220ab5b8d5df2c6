//! Random pairs of schemas: a plan runs with rows in the way, reaches the target, and loses and re-creates nothing.

use std::env;

use schema_core::{ddl, schema::Schema};
use schema_kit::{
    diff::{self, Diff, Renames},
    introspect::{self, Filter},
    plan::{HazardKind, Plan},
};
use tests::{
    catalog, client,
    definitions::{self, References},
    pairs::{
        self, Pair,
        rows::{self, Shared, Side},
    },
    random::Random,
};
use tokio_postgres::{Client, Transaction};

use super::comparable;

/// What is not as it should be, with the plan.
pub(crate) type Finding = String;

#[tokio::test]
async fn a_plan_between_random_schemas_reaches_the_next_one() {
    let (_database, mut client) = client().await;
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let first = number("SEED").unwrap_or(0);
    let count = number("COUNT").unwrap_or(20);
    let mut with_rows = 0;
    let mut findings = Vec::new();
    for seed in first..first + count {
        let random = &mut Random::new(seed);
        let whole = definitions::tables(random, References::Any);
        let pair = pairs::pair(random, &Schema::from_tables(&whole).unwrap());
        match check(&mut client, &pair).await {
            Ok(had_rows) => with_rows += u64::from(had_rows),
            Err(finding) => {
                eprintln!("seed {seed}: {finding}");
                findings.push(seed);
            }
        }
    }
    eprintln!("{count} pairs from seed {first}, {with_rows} of them with rows in the way");
    assert!(findings.is_empty(), "seeds with findings: {findings:?}");
    assert!(with_rows > 0);
}

/// Holds the plan of a pair to what it promises; says whether it ran with rows in the way.
async fn check(client: &mut Client, pair: &Pair) -> Result<bool, Finding> {
    let next = fresh(client, &pair.next).await?;
    let mut begun = client.transaction().await.unwrap();
    run(&begun, ddl::create(&pair.previous)).await?;
    let previous = read(&mut begun).await;
    let renames = Renames::from_hints(&pair.hints, &previous).unwrap();
    let aligned = diff::align(&previous, &next.0, &renames);
    let diff = Diff::between(&aligned, &next.0);
    let plan = Plan::new(&diff, &aligned, &next.0, &renames);
    let plan = plan.map_err(|error| error.to_string())?;
    let context = |finding: Finding| format!("{finding}\n{:?}\n{}", pair.hints, plan.script());
    let shared = Shared::new(&previous, &next.0, &renames);
    rows::insert(&begun, &previous).await;
    let mut before = shared.look(&begun, Side::Previous).await;
    let mut rows_fit = true;
    for statement in &plan.statements {
        if let Err(error) = begun.batch_execute(&statement.sql).await {
            let is_told = statement
                .hazards
                .iter()
                .any(|it| it.kind == HazardKind::MayFail);
            if !is_told {
                let finding = format!("no hazard tells of {error:?}\n{}", statement.sql);
                return Err(context(finding));
            }
            rows_fit = false;
            break;
        }
    }
    if !rows_fit {
        begun.rollback().await.unwrap();
        begun = client.transaction().await.unwrap();
        run(&begun, ddl::create(&pair.previous)).await?;
        before = shared.look(&begun, Side::Previous).await;
        let statements = plan.statements.iter().map(|it| it.sql.clone());
        run(&begun, statements).await.map_err(context)?;
    }
    let after = shared.look(&begun, Side::Next).await;
    if after != before {
        return Err(context(format!(
            "something shared is another:\n{before:?}\n{after:?}"
        )));
    }
    let reached = (read(&mut begun).await, independent(&begun).await);
    assert_same(&reached, &next).map_err(context)?;
    begun.rollback().await.unwrap();
    Ok(rows_fit && before.values().any(|table| table.rows() > 0))
}

/// What both readers see of a database.
pub(crate) type Seen = (Schema, Schema);

/// Holds what is there to what a fresh build of the next schema has: by the kit's reader and by an independent one, and by
/// a second plan.
pub(crate) fn assert_same(reached: &Seen, next: &Seen) -> Result<(), Finding> {
    let aligned = diff::align(&reached.0, &next.0, &Renames::default());
    let diff = Diff::between(&aligned, &next.0);
    if !diff.is_empty() {
        return Err(format!("what is left: {:#?}", diff.summary()));
    }
    let again = Plan::new(&diff, &aligned, &next.0, &Renames::default());
    let again = again.map_err(|error| error.to_string())?;
    if !again.statements.is_empty() {
        return Err(format!("a second plan is not empty: {}", again.script()));
    }
    let mut tables = reached.1.tables.iter().zip(&next.1.tables);
    match tables.find(|(seen, next)| seen != next) {
        Some((seen, next)) => Err(format!("it differs: {seen:?}\n{next:?}")),
        None if reached.1 != next.1 => Err("it differs outside of the tables".to_owned()),
        None => Ok(()),
    }
}

async fn read(begun: &mut Transaction<'_>) -> Schema {
    let found = introspect::read_within(begun, &Filter::default())
        .await
        .unwrap();
    assert_eq!(found.unknown, []);
    found.schema
}

async fn independent(begun: &Transaction<'_>) -> Schema {
    comparable(catalog::read(begun.client()).await)
}

/// What a fresh build of a schema has.
pub(crate) async fn fresh(client: &mut Client, schema: &Schema) -> Result<Seen, Finding> {
    let mut begun = client.transaction().await.unwrap();
    run(&begun, ddl::create(schema)).await?;
    let seen = (read(&mut begun).await, independent(&begun).await);
    begun.rollback().await.unwrap();
    Ok(seen)
}

async fn run(
    begun: &Transaction<'_>,
    statements: impl IntoIterator<Item = String>,
) -> Result<(), Finding> {
    for statement in statements {
        let sent = begun.batch_execute(&statement).await;
        sent.map_err(|error| format!("{error:?}\n{statement}"))?;
    }
    Ok(())
}
