//! Random walks: a schema goes on changing, each change is a migration, and with rows there each schema is reached and left
//! again.

use std::{env, path::PathBuf};

use schema_core::schema::Schema;
use schema_kit::{
    MigrationError,
    chain::Chain,
    diff::Renames,
    generate::{self, Draft, GenerateError},
    introspect::{self, Filter},
    migration::{self, Back, Direction, Event, MigrationSource, Migrations, Version},
    plan::PlanRequest,
};
use tempfile::TempDir;
use tests::{
    TestDatabase, catalog, client,
    definitions::{self, References},
    pairs::{
        Walk,
        rows::{self, Shared, Side},
    },
    random::Random,
};
use tokio_postgres::Client;

use crate::plan::{
    comparable, keep_script,
    pairs::{Finding, Seen, assert_same, fresh},
};

/// All tables but the kit's own.
const TABLES: &str = "SELECT coalesce(string_agg(c.oid::regclass::text, ', '), '') FROM pg_class AS c \
    JOIN pg_namespace AS n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND NOT relispartition \
    AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'schema_kit')";

/// What was done.
#[derive(Debug, Default)]
struct Figures {
    ups: usize,
    downs: usize,
    parts: usize,
    /// Migrations that had to do with rows, and those that rows were in the way of.
    with_rows: usize,
    stopped: usize,
    /// Schemas without a way back to the one before.
    one_way: usize,
}

/// A database on its way, and its migrations.
struct Journey {
    directory: TempDir,
    /// It is dropped with the journey.
    _database: TestDatabase,
    client: Client,
    /// The schemas it was at, the first of them empty, and the hints to each from the one before.
    schemas: Vec<(Schema, Vec<String>)>,
    figures: Figures,
}

#[tokio::test]
async fn each_schema_of_a_random_walk_is_reached_and_left_again() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let first = number("SEED").unwrap_or(0);
    let count = number("COUNT").unwrap_or(3);
    let steps = number("STEPS").unwrap_or(3);
    let (_scratch, mut scratch) = client().await;
    let mut findings = Vec::new();
    let mut all = Figures::default();
    for seed in first..first + count {
        let mut journey = Journey::begin().await;
        if let Err(finding) = journey.walk(seed, steps, &mut scratch).await {
            eprintln!("seed {seed}: {finding}");
            findings.push(seed);
        }
        all.add(&journey.figures);
    }
    eprintln!("{count} walks of {steps} steps from seed {first}: {all:?}");
    assert!(findings.is_empty(), "seeds with findings: {findings:?}");
    // A walk or two may have tables alone that no row fits.
    assert!(count < 3 || (all.with_rows > 0 && all.downs > 0));
}

impl Figures {
    fn add(&mut self, other: &Self) {
        self.ups += other.ups;
        self.downs += other.downs;
        self.parts += other.parts;
        self.with_rows += other.with_rows;
        self.stopped += other.stopped;
        self.one_way += other.one_way;
    }
}

impl Journey {
    async fn begin() -> Self {
        let (database, client) = client().await;
        Self {
            directory: tempfile::tempdir().unwrap(),
            _database: database,
            client,
            schemas: vec![(Schema::default(), Vec::new())],
            figures: Figures::default(),
        }
    }

    /// Goes up step by step, all the way down, and up again at once.
    async fn walk(&mut self, seed: u64, steps: u64, scratch: &mut Client) -> Result<(), Finding> {
        let random = &mut Random::new(seed);
        let whole = definitions::tables(random, References::Any);
        let mut walk = Walk::new(random, &Schema::from_tables(&whole).unwrap());
        self.up(walk.now(), &[], scratch).await?;
        for _ in 0..steps {
            let pair = walk.step(random);
            self.up(&pair.next, &pair.hints, scratch).await?;
        }
        let way = self.schemas.clone();
        while self.schemas.len() > 1 && self.down(scratch).await? {}
        let (last, _) = way.last().unwrap();
        self.run(Direction::Up).await?;
        let next = fresh(scratch, last).await?;
        assert_same(&self.seen().await, &next)
    }

    async fn up(
        &mut self,
        next: &Schema,
        hints: &[String],
        scratch: &mut Client,
    ) -> Result<(), Finding> {
        let Some(draft) = self.draft(next, hints)? else {
            let (last, _) = self.schemas.last().unwrap();
            let same = fresh(scratch, last).await? == fresh(scratch, next).await?;
            return same
                .then_some(())
                .ok_or_else(|| "nothing to do?".to_owned());
        };
        draft.write(self.directory.path()).unwrap();
        keep_script(&draft.up);
        if self.draft(next, &[])?.is_some() {
            return Err(format!("there is more to do after\n{}", draft.up));
        }
        let (previous, _) = self.schemas.last().unwrap().clone();
        self.schemas.push((next.clone(), hints.to_vec()));
        self.figures.ups += 1;
        let text = draft.up.clone();
        let there = self.change(Direction::Up, (&previous, next), hints, scratch);
        there
            .await
            .map_err(|finding| format!("{finding}\n{hints:?}\n{text}"))
    }

    /// Goes back by one migration; false where there is no way.
    async fn down(&mut self, scratch: &mut Client) -> Result<bool, Finding> {
        let migrations = self.migrations();
        let newest = &migrations.iter().nth(self.schemas.len() - 2).unwrap();
        let Some(text) = newest.down().map(|down| down.sql().to_owned()) else {
            self.figures.one_way += 1;
            return Ok(false);
        };
        let (next, hints) = self.schemas.pop().unwrap();
        let (previous, _) = self.schemas.last().unwrap().clone();
        self.figures.downs += 1;
        let back = self.change(Direction::Down, (&next, &previous), &hints, scratch);
        back.await
            .map_err(|finding| format!("{finding}\n{hints:?}\n{text}"))?;
        Ok(true)
    }

    /// Changes the database with rows in the way, and holds what is there to a fresh build.
    async fn change(
        &mut self,
        direction: Direction,
        (from, to): (&Schema, &Schema),
        hints: &[String],
        scratch: &mut Client,
    ) -> Result<(), Finding> {
        let next = fresh(scratch, to).await?;
        let (previous, _) = self.seen().await;
        let renames = match direction {
            Direction::Up => Renames::from_hints(hints, from).unwrap(),
            _ => Renames::from_hints(hints, to).unwrap().reversed(),
        };
        let begun = self.client.transaction().await.unwrap();
        rows::insert(&begun, &previous).await;
        begun.commit().await.unwrap();
        let shared = Shared::new(&previous, &next.0, &renames);
        let before = shared.look(&self.client, Side::Previous).await;
        let fits = self.run(direction).await?;
        let after = shared.look(&self.client, Side::Next).await;
        let is_kept = match fits {
            true => after == before,
            false => after
                .iter()
                .zip(&before)
                .all(|(after, before)| after.0 == before.0 && after.1.is_the_same_table(before.1)),
        };
        if !is_kept {
            return Err(format!(
                "something shared is another:\n{before:?}\n{after:?}"
            ));
        }
        self.figures.with_rows += usize::from(fits && before.values().any(|it| it.rows() > 0));
        self.figures.stopped += usize::from(!fits);
        assert_same(&self.seen().await, &next)
    }

    /// Runs what is pending, or takes the newest back. What rows are in the way of goes on without them; says whether none
    /// were.
    async fn run(&mut self, direction: Direction) -> Result<bool, Finding> {
        let migrations = self.migrations();
        let options = migration::Options::default().retry(0, std::time::Duration::ZERO);
        let mut fits = true;
        loop {
            let mut last = (String::new(), String::new());
            let parts = &mut self.figures.parts;
            let mut observe = |event: Event<'_>| match event {
                Event::StatementStarted(step) => {
                    last = (step.migration.id(), step.text.to_owned());
                }
                Event::Started {
                    parts: count, done, ..
                } => *parts += count - done,
                _ => {}
            };
            let back = Back::Steps(1);
            let client = &mut self.client;
            let outcome = match direction {
                Direction::Up => {
                    migration::apply(client, &migrations, &options, &mut observe).await
                }
                _ => migration::down(client, &migrations, &back, &options, &mut observe).await,
            };
            let Err(error) = outcome else {
                return Ok(fits);
            };
            let is_told = matches!(error, MigrationError::Statement { .. })
                && tells(&migrations, &last, direction);
            if !is_told || !fits {
                return Err(format!("{error:?}\n{}", last.1));
            }
            fits = false;
            let tables: String = client.query_one(TABLES, &[]).await.unwrap().get(0);
            let empty = format!("TRUNCATE {tables} CASCADE");
            client.batch_execute(&empty).await.unwrap();
        }
    }

    /// The next migration; what may be a rename and is no hint is none.
    fn draft(&self, next: &Schema, hints: &[String]) -> Result<Option<Draft>, Finding> {
        let chain = Chain::load(self.directory.path()).unwrap();
        let number = self.schemas.len();
        let mut options = generate::Options::new(Version::parse(&format!("{number:04}")).unwrap());
        options.renames = hints.to_vec();
        options.may_delete = true;
        // Most are for tables in use.
        if number % 4 == 3 {
            options.plan = PlanRequest::offline();
        }
        loop {
            match generate::draft(&chain, next, &options) {
                Ok(draft) => return Ok(draft),
                Err(GenerateError::Undecided { candidates }) => {
                    let dropped = candidates.iter().map(|it| it.previous());
                    options.dropped.extend(dropped);
                }
                Err(error) => return Err(format!("{error}: {:?}", error.help())),
            }
        }
    }

    fn migrations(&self) -> Migrations {
        let directory: PathBuf = self.directory.path().into();
        MigrationSource::Directory(directory).load().unwrap()
    }

    async fn seen(&mut self) -> Seen {
        let filter = Filter::default();
        let found = introspect::read(&mut self.client, &filter).await.unwrap();
        assert_eq!(found.unknown, []);
        let mut independent = catalog::read(&self.client).await;
        let is_own = |namespace: &str| namespace == "schema_kit";
        independent.tables.retain(|it| !is_own(&it.name.namespace));
        independent.namespaces.retain(|it| !is_own(&it.name));
        (found.schema, comparable(independent))
    }
}

/// Whether the file tells that rows may be in the way of a statement.
fn tells(migrations: &Migrations, last: &(String, String), direction: Direction) -> bool {
    let migration = migrations.iter().find(|it| it.id() == last.0);
    let script = migration.and_then(|it| match direction {
        Direction::Up => Some(it.up()),
        _ => it.down(),
    });
    let Some(text) = script.map(|script| script.sql()) else {
        return false;
    };
    let Some(at) = text.find(&format!("\n{};", last.1)) else {
        return false;
    };
    let above = text[..at].lines().rev();
    let mut comments = above.take_while(|line| line.starts_with("--"));
    comments.any(|line| line.starts_with("-- hazard: may-fail"))
}
