//! Random pairs of schemas: a plan runs with rows in the way, reaches the target, and loses and re-creates nothing.

use std::{collections::BTreeMap, env};

use schema_core::{
    ddl, ident,
    schema::{Column, QualifiedName, Schema},
};
use schema_kit::{
    diff::{self, Diff, Renames},
    introspect::{self, Filter},
    plan::{HazardKind, Plan},
};
use tests::{
    catalog, client,
    definitions::{self, References},
    pairs::{self, Pair},
    random::Random,
};
use tokio_postgres::{Client, Transaction};

use super::comparable;

/// What a pair's plan does that it should not, with the plan.
type Finding = String;

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
    insert(&begun, &previous).await;
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
    reaches(&mut begun, &next).await.map_err(context)?;
    begun.rollback().await.unwrap();
    Ok(rows_fit && before.values().any(|table| table.rows > 0))
}

/// What both readers see of a database.
type Seen = (Schema, Schema);

/// Holds what is there to what a fresh build of the next schema has: by the kit's reader and by an independent one, and by
/// a second plan.
async fn reaches(begun: &mut Transaction<'_>, next: &Seen) -> Result<(), Finding> {
    let reached = diff::align(&read(begun).await, &next.0, &Renames::default());
    let diff = Diff::between(&reached, &next.0);
    if !diff.is_empty() {
        return Err(format!("what is left: {:#?}", diff.summary()));
    }
    let again = Plan::new(&diff, &reached, &next.0, &Renames::default());
    let again = again.map_err(|error| error.to_string())?;
    if !again.statements.is_empty() {
        return Err(format!("a second plan is not empty: {}", again.script()));
    }
    let seen = independent(begun).await;
    let mut tables = seen.tables.iter().zip(&next.1.tables);
    match tables.find(|(seen, next)| seen != next) {
        Some((seen, next)) => Err(format!("it differs: {seen:?}\n{next:?}")),
        None if seen != next.1 => Err("it differs outside of the tables".to_owned()),
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

async fn fresh(client: &mut Client, schema: &Schema) -> Result<Seen, Finding> {
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

/// Gives each table two rows, where rows can be had.
async fn insert(begun: &Transaction<'_>, schema: &Schema) {
    for table in &schema.tables {
        for at in 1..=2 {
            let columns = table.columns.iter();
            let columns = columns.filter(|it| it.generated.is_none() && it.identity.is_none());
            let (names, values): (Vec<_>, Vec<_>) = columns
                .filter_map(|column| Some((ident::quote(&column.name), value(schema, column, at)?)))
                .unzip();
            let sql = format!(
                "INSERT INTO {} ({}) VALUES ({})",
                table.name.render(),
                names.join(", "),
                values.join(", ")
            );
            begun.batch_execute("SAVEPOINT before_row").await.unwrap();
            // Keys and checks may allow none. What is checked later only would be in the way of every change.
            let sql = format!("{sql}; SET CONSTRAINTS ALL IMMEDIATE");
            let end = match begun.batch_execute(&sql).await {
                Ok(()) => "RELEASE before_row",
                Err(_) => "ROLLBACK TO before_row",
            };
            begun.batch_execute(end).await.unwrap();
        }
    }
}

/// A value for a column, where one of its type is known; `NULL` and the default are had without one.
fn value(schema: &Schema, column: &Column, at: usize) -> Option<String> {
    let ty = &column.sql_type;
    if ty.array {
        return Some("'{}'".to_owned());
    }
    if let Some(namespace) = &ty.namespace {
        let name = QualifiedName::new(namespace.as_str(), ty.name.as_str());
        let found = schema.enums.iter().find(|it| it.name == name);
        let label = found.map(|it| &it.labels[at % it.labels.len()]);
        return label.map_or(Some(at.to_string()), |label| {
            Some(ident::quote_literal(label))
        });
    }
    Some(match ty.name.as_str() {
        "bigint" | "integer" | "smallint" | "numeric" | "real" | "double precision" | "oid" => {
            at.to_string()
        }
        "text" | "varchar" | "char" | "bpchar" | "name" => format!("'{at}'"),
        "boolean" => "true".to_owned(),
        "date" | "timestamp" | "timestamptz" => format!("'2026-01-0{at}'"),
        "json" | "jsonb" => "'{}'".to_owned(),
        "uuid" => format!("'6f2a9c0e-9d0a-4a55-8d53-6d7f7a0b1c2{at}'"),
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy)]
enum Side {
    Previous,
    Next,
}

/// The tables and columns that both schemas have, under both their names.
struct Shared(Vec<SharedTable>);

struct SharedTable {
    names: [QualifiedName; 2],
    /// Whether the next schema has no partition less, whose rows would go with it.
    keeps_rows: bool,
    columns: Vec<[String; 2]>,
}

/// What must stay in a shared table: itself, its rows, its columns and how many values each holds.
#[derive(Debug, PartialEq, Eq)]
struct Kept {
    oid: u32,
    rows: i64,
    columns: BTreeMap<String, (i16, i64)>,
}

impl Shared {
    fn new(previous: &Schema, next: &Schema, renames: &Renames) -> Self {
        let tables: BTreeMap<_, _> = renames.tables().collect();
        let renamed_columns: Vec<_> = renames.columns().collect();
        let shared = previous.tables.iter().filter_map(|table| {
            let name = tables.get(&table.name).copied().unwrap_or(&table.name);
            let other = next.table(&name.namespace, &name.name)?;
            let columns = table.columns.iter().filter_map(|column| {
                let found = renamed_columns
                    .iter()
                    .find(|(of, old, _)| **of == table.name && *old == column.name);
                let name = found.map_or(column.name.as_str(), |(_, _, new)| new);
                let same = is_kept(column, other.column(name)?);
                same.then(|| [column.name.clone(), name.to_owned()])
            });
            Some(SharedTable {
                keeps_rows: table.partition_by == other.partition_by,
                columns: columns.collect(),
                names: [table.name.clone(), name.clone()],
            })
        });
        Self(shared.collect())
    }

    /// Looks at the shared tables under the names of one side; columns go by their previous names.
    async fn look(&self, begun: &Transaction<'_>, side: Side) -> BTreeMap<String, Kept> {
        let mut found = BTreeMap::new();
        for table in &self.0 {
            let kept = table.look(begun, side as usize).await;
            found.insert(table.names[0].render(), kept);
        }
        found
    }
}

/// Whether a column must stay what it is: only what is computed in another way, or no longer, may be made again.
fn is_kept(previous: &Column, next: &Column) -> bool {
    previous.generated == next.generated
}

impl SharedTable {
    async fn look(&self, begun: &Transaction<'_>, side: usize) -> Kept {
        let name = self.names[side].render();
        let counts: String = self
            .columns
            .iter()
            .map(|names| format!(", count({})", ident::quote(&names[side])))
            .collect();
        let sql = format!(
            "SELECT {}::regclass::oid, count(*){counts} FROM {name} WHERE {}",
            ident::quote_literal(&name),
            self.keeps_rows
        );
        let row = begun.query_one(&sql, &[]).await.unwrap();
        let numbers =
            "SELECT attname::text, attnum FROM pg_attribute WHERE attrelid = $1 AND attnum > 0";
        let numbers = begun
            .query(numbers, &[&row.get::<_, u32>(0)])
            .await
            .unwrap();
        let numbers: BTreeMap<String, i16> =
            numbers.iter().map(|row| (row.get(0), row.get(1))).collect();
        let columns = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, names)| (names[0].clone(), (numbers[&names[side]], row.get(at + 2))));
        Kept {
            oid: row.get(0),
            rows: row.get(1),
            columns: columns.collect(),
        }
    }
}
