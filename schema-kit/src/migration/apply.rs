//! Brings a database up to date.

use tokio_postgres::Client;

use super::{
    Direction, Event, Migration, MigrationError, Migrations, Options, State, Status, Transactions,
    Version,
    history::{self, Applied, Kind, Presence},
    job::Job,
    part,
    runner::Runner,
    session,
    state::{self, Entry, Problem},
};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The database.
    pub database: String,
    /// The migrations this run applied, `<version>_<name>` each, in order; those it took back, where it did that.
    pub applied: Vec<String>,
    /// The squashed migrations that count as applied now, since the database had all that they replace.
    pub marked: Vec<String>,
    /// The newest migration the database has now.
    pub newest: Option<String>,
}

/// What [`apply`] would run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Preview {
    /// The database.
    pub database: String,
    /// The squashed migrations that would count as applied.
    pub marked: Vec<String>,
    /// The migrations that would run, in order.
    pub migrations: Vec<PreviewedMigration>,
}

/// A migration of a [`Preview`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreviewedMigration {
    /// `<version>_<name>`.
    pub id: String,
    /// How many of its parts are done already.
    pub done: usize,
    /// All its parts.
    pub parts: Vec<PreviewedPart>,
}

/// A part of a [`PreviewedMigration`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreviewedPart {
    /// Whether its statements share a transaction; otherwise the last one runs outside of any, and those before it set up
    /// the session.
    pub is_transaction: bool,
    /// Its statements, without semicolons.
    pub statements: Vec<String>,
}

/// Applies all pending migrations in the order of their versions.
///
/// Each runs in one transaction with its row in the history, so a migration that fails leaves no trace and those
/// before it stay. A migration with statements that PostgreSQL does not run in a transaction is cut into parts, and so is
/// one that says `BEGIN` and `COMMIT`, between which is one part. They are recorded one by one: after a crash or a lost connection the next run goes on with the part that is not done, and finds
/// out whether the statement it was at has been done. Nothing runs unless every pending migration can be read and the
/// history fits the migrations. Session settings made with `SET` last to the end of their migration.
///
/// A part that fails because of a lock, a timeout, a deadlock or a serialization failure is tried again, as the options
/// say. A database that is up to date costs two round trips and no lock. When the future is dropped half way, drop the
/// client too: the lock is the session's.
///
/// # Errors
///
/// When the server is older than PostgreSQL 14, another runner holds the lock for longer than the options allow, the
/// connection is a pooler's that gives each transaction another session, the history cannot be created or does not fit,
/// or a migration fails.
///
/// # Examples
///
/// ```no_run
/// use schema_kit::migration::{Event, MigrationSource, Options, apply};
///
/// # async fn example(mut client: tokio_postgres::Client) -> Result<(), schema_kit::MigrationError> {
/// let migrations = MigrationSource::Directory("migrations".into()).load()?;
/// apply(&mut client, &migrations, &Options::default(), &mut |event| {
///     if let Event::Finished { migration, elapsed, .. } = event {
///         eprintln!("{} took {elapsed:?}", migration.id());
///     }
/// })
/// .await?;
/// # Ok(())
/// # }
/// ```
pub async fn apply(
    client: &mut Client,
    migrations: &Migrations,
    options: &Options,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Summary, MigrationError> {
    check_version(migrations, options.to.as_ref())?;
    let mut runner = Runner::new(client, options, observe).await?;
    // What is there is read without the lock first: mostly there is nothing to do.
    let work = Work::plan(&mut runner, migrations).await?;
    if work.is_empty() {
        return Ok(work.summary(&runner.session.database));
    }
    runner.lock().await?;
    let outcome = apply_locked(&mut runner, migrations).await;
    runner.unlock(outcome).await
}

/// Says what [`apply`] would run; changes and locks nothing.
///
/// # Errors
///
/// As [`apply`], as far as nothing has to be run to find out.
pub async fn preview(
    client: &Client,
    migrations: &Migrations,
    options: &Options,
) -> Result<Preview, MigrationError> {
    check_version(migrations, options.to.as_ref())?;
    let mut observe = |_: Event<'_>| {};
    let mut runner = Runner::new(client, options, &mut observe).await?;
    let work = Work::plan(&mut runner, migrations).await?;
    let build = |job: &Job<'_>| PreviewedMigration {
        id: job.migration.id(),
        done: job.done,
        parts: job
            .parts
            .iter()
            .map(|part| PreviewedPart {
                is_transaction: part.alone.is_none(),
                statements: part
                    .statements
                    .iter()
                    .map(|statement| statement.text.to_owned())
                    .collect(),
            })
            .collect(),
    };
    Ok(Preview {
        database: runner.session.database.clone(),
        marked: work
            .squashed
            .iter()
            .map(|migration| migration.id())
            .collect(),
        migrations: work.jobs.iter().map(build).collect(),
    })
}

/// Compares migrations with the history of a database; changes and locks nothing.
///
/// # Errors
///
/// When the server is older than PostgreSQL 14, or the history cannot be read.
///
/// # Examples
///
/// ```no_run
/// use schema_kit::migration::{MigrationSource, State, status};
///
/// # async fn example(client: tokio_postgres::Client) -> Result<(), schema_kit::MigrationError> {
/// let migrations = MigrationSource::Directory("migrations".into()).load()?;
/// let status = status(&client, &migrations).await?;
/// println!("{} pending", status.count(State::Pending));
/// # Ok(())
/// # }
/// ```
pub async fn status(client: &Client, migrations: &Migrations) -> Result<Status, MigrationError> {
    let session = session::inspect(client).await?;
    let history = history::read(client, session.presence).await?;
    let entries = state::compare(migrations, &history);
    let mut problems = state::problems(&entries);
    state::add_differences(client, migrations, &mut problems).await?;
    Ok(Status {
        database: session.database,
        entries,
        problems,
    })
}

/// Refuses a version that no migration has.
pub(super) fn check_version(
    migrations: &Migrations,
    version: Option<&Version>,
) -> Result<(), MigrationError> {
    match version {
        Some(version) if migrations.find(version).is_none() => {
            Err(MigrationError::UnknownVersion {
                version: version.to_string(),
                newest: migrations.iter().last().map(Migration::id),
            })
        }
        _ => Ok(()),
    }
}

/// What is to be done.
struct Work<'a> {
    squashed: Vec<&'a Migration>,
    jobs: Vec<Job<'a>>,
    newest: Option<String>,
}

impl<'a> Work<'a> {
    async fn plan(
        runner: &mut Runner<'_>,
        migrations: &'a Migrations,
    ) -> Result<Self, MigrationError> {
        let history = history::read(runner.client, runner.session.presence).await?;
        let entries = state::compare(migrations, &history);
        runner.check_history(migrations, &entries).await?;
        let mut work = Self {
            squashed: Vec::new(),
            jobs: Vec::new(),
            newest: history.last().map(Applied::id),
        };
        let limit = runner.options.to.as_ref();
        let is_wanted = |version: &Version| limit.is_none_or(|limit| version <= limit);
        for entry in entries.iter().filter(|entry| is_wanted(&entry.version)) {
            let Some(migration) = migrations.find(&entry.version) else {
                continue;
            };
            match entry.state {
                State::Squashed => work.squashed.push(migration),
                State::Pending | State::OutOfOrder | State::Interrupted => {
                    let job = Job::new(migration, Direction::Up, entry.applied.as_ref())?;
                    work.jobs.push(job);
                }
                _ => {}
            }
        }
        if runner.options.transactions == Transactions::Single {
            work.check_single()?;
        }
        Ok(work)
    }

    /// Refuses what cannot be one transaction.
    fn check_single(&self) -> Result<(), MigrationError> {
        for job in &self.jobs {
            let odd = job.parts.iter().find(|part| part.alone.is_some());
            // Without such a statement the second part is what the first one has to be committed for.
            let second = || job.parts.get(1)?.statements.first();
            let reason = odd.map_or_else(second, |part| part.statements.last());
            if let Some(statement) = reason {
                return Err(MigrationError::NotSingle {
                    migration: job.migration.id(),
                    excerpt: Box::new(part::excerpt(job.script, statement)),
                });
            }
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.squashed.is_empty() && self.jobs.is_empty()
    }

    fn summary(&self, database: &str) -> Summary {
        let applied: Vec<String> = self.jobs.iter().map(|job| job.migration.id()).collect();
        let marked: Vec<String> = self
            .squashed
            .iter()
            .map(|migration| migration.id())
            .collect();
        let done = self
            .jobs
            .iter()
            .map(|job| job.migration)
            .chain(self.squashed.iter().copied());
        let newest = done.max_by(|a, b| a.version().cmp(b.version()));
        let newest = newest.map(Migration::id);
        let is_newer = |id: &String| {
            let version = |id: &str| Version::parse_id(id).map(|(version, _)| version);
            self.newest
                .as_ref()
                .is_none_or(|newest| version(newest) <= version(id))
        };
        Summary {
            database: database.to_owned(),
            newest: newest.filter(is_newer).or_else(|| self.newest.clone()),
            applied,
            marked,
        }
    }
}

async fn apply_locked(
    runner: &mut Runner<'_>,
    migrations: &Migrations,
) -> Result<Summary, MigrationError> {
    // Another runner may have been at work while this one waited.
    runner.look_again().await?;
    let work = Work::plan(runner, migrations).await?;
    let summary = work.summary(&runner.session.database);
    if work.is_empty() {
        return Ok(summary);
    }
    runner.create_history().await?;
    for migration in &work.squashed {
        let mut statements: Vec<String> = migration
            .replaces()
            .iter()
            .map(|replaced| history::forget(&replaced.version))
            .collect();
        statements.push(history::mark(migration, Kind::Squash));
        runner.change_history(&statements).await?;
        (runner.observe)(Event::Marked { migration });
    }
    if !work.jobs.is_empty() {
        (runner.observe)(Event::Planned {
            pending: work.jobs.len(),
            direction: Direction::Up,
        });
    }
    match runner.options.transactions {
        Transactions::Single if !work.jobs.is_empty() => runner.run_together(work.jobs).await?,
        _ => {
            for job in work.jobs {
                runner.run(job).await?;
            }
        }
    }
    Ok(summary)
}

impl<'a> Runner<'a> {
    /// Asks the server for what must be known before anything is done.
    pub(super) async fn new(
        client: &'a Client,
        options: &'a Options,
        observe: &'a mut (dyn FnMut(Event<'_>) + Send),
    ) -> Result<Self, MigrationError> {
        let session = session::inspect(client).await?;
        Ok(Self {
            client,
            options,
            observe,
            session,
        })
    }

    /// Looks again whether there is a history, now that nobody else can make one.
    pub(super) async fn look_again(&mut self) -> Result<(), MigrationError> {
        if self.session.presence != Presence::Table {
            self.session.presence = session::inspect(self.client).await?.presence;
        }
        Ok(())
    }

    /// Refuses a history that does not fit, but for what the options allow.
    pub(super) async fn check_history(
        &mut self,
        migrations: &Migrations,
        entries: &[Entry],
    ) -> Result<(), MigrationError> {
        let mut problems: Vec<Problem> = state::problems(entries);
        problems.retain(|problem| !self.options.allowed.contains(&problem.state));
        if problems.is_empty() {
            return Ok(());
        }
        state::add_differences(self.client, migrations, &mut problems).await?;
        Err(MigrationError::History {
            database: self.session.database.clone(),
            problems,
        })
    }
}
