//! The runner: applies what is pending, one transaction each, under the lock.

use std::time::{Duration, Instant};

use tokio_postgres::{Client, Transaction};

use super::{
    Excerpt, LockHolder, Migration, MigrationError, Migrations, State, Status,
    history::{self, Presence},
    lexer::{self, Statement},
    lock,
    refusal::refusal_of,
    session::{self, Session},
    state,
};

/// Undoes what a migration set for its session, so that it reaches neither the history nor the next migration.
const RESET_SESSION: &str = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL";

/// How to run migrations.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// How long to wait for another runner; by default 60 seconds.
    pub lock_wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lock_wait: Duration::from_secs(60),
        }
    }
}

impl Options {
    /// Waits at most this long for another runner.
    ///
    /// ```
    /// use std::time::Duration;
    /// use schema_kit::migration::Options;
    ///
    /// assert_eq!(Options::default().lock_wait(Duration::ZERO).lock_wait, Duration::ZERO);
    /// ```
    #[must_use]
    pub fn lock_wait(mut self, limit: Duration) -> Self {
        self.lock_wait = limit;
        self
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The database.
    pub database: String,
    /// The migrations this run applied, `<version>_<name>` each, in order.
    pub applied: Vec<String>,
    /// The newest migration the database has now.
    pub newest: Option<String>,
}

/// What the runner is doing, for those who watch.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another runner holds the lock; told before each pause.
    Waiting {
        /// Who holds it, where that can be seen.
        holder: Option<&'a LockHolder>,
        /// For how long already.
        waited: Duration,
    },
    /// The migrations are about to run.
    Planned {
        /// How many.
        pending: usize,
    },
    /// A migration begins.
    Started {
        /// The migration.
        migration: &'a Migration,
        /// How many statements it has.
        statements: usize,
    },
    /// A statement was run.
    StatementDone {
        /// The migration.
        migration: &'a Migration,
        /// The line of `up.sql` it starts on, counted from 1.
        line: usize,
        /// How long it took.
        elapsed: Duration,
    },
    /// A migration is committed.
    Finished {
        /// The migration.
        migration: &'a Migration,
        /// How long it took.
        elapsed: Duration,
    },
}

/// Applies all pending migrations in the order of their versions.
///
/// Each runs in one transaction with its row in the history, so a migration that fails leaves no trace and those
/// before it stay. Nothing runs unless every pending migration can be read and the history fits the migrations. A
/// database that is up to date costs three round trips. Session settings made with `SET` are reset after each
/// migration. When the future is dropped half way, drop the client too: the lock is the session's.
///
/// # Errors
///
/// When the server is older than PostgreSQL 14, another runner holds the lock for longer than the options allow, the
/// history cannot be created or does not fit, or a migration fails.
///
/// # Examples
///
/// ```no_run
/// use schema_kit::migration::{Event, MigrationSource, Options, apply};
///
/// # async fn example(mut client: tokio_postgres::Client) -> Result<(), schema_kit::MigrationError> {
/// let migrations = MigrationSource::Directory("migrations".into()).load()?;
/// apply(&mut client, &migrations, &Options::default(), &mut |event| {
///     if let Event::Finished { migration, elapsed } = event {
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
    let session = lock::acquire(client, options, observe).await?;
    let outcome = apply_locked(client, migrations, session, observe).await;
    let released = lock::release(client).await;
    let summary = outcome?;
    released.map_err(|source| MigrationError::Database {
        action: "release the lock",
        source,
    })?;
    Ok(summary)
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
    let session = session::inspect(client, "true").await?;
    let history = match session.presence {
        Presence::Table => history::read(client).await?,
        Presence::Nothing | Presence::Namespace => Vec::new(),
    };
    Ok(Status {
        database: session.database,
        entries: state::compare(migrations, &history),
    })
}

async fn apply_locked(
    client: &mut Client,
    migrations: &Migrations,
    session: Session,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Summary, MigrationError> {
    let history = match session.presence {
        Presence::Table => history::read(client).await?,
        Presence::Nothing | Presence::Namespace => Vec::new(),
    };
    let entries = state::compare(migrations, &history);
    let problems = state::problems(&entries);
    if !problems.is_empty() {
        return Err(MigrationError::History {
            database: session.database,
            problems,
        });
    }
    let mut pending = Vec::new();
    for (migration, entry) in migrations.iter().zip(&entries) {
        if entry.state == State::Pending {
            pending.push((migration, read_script(migration)?));
        }
    }
    let newest = migrations.iter().last().map(Migration::id);
    if !pending.is_empty() {
        observe(Event::Planned {
            pending: pending.len(),
        });
        history::create(client, session.presence)
            .await
            .map_err(|source| MigrationError::NoHistory {
                database: session.database.clone(),
                user: session.user,
                source,
            })?;
    }
    let mut applied = Vec::new();
    for (migration, statements) in pending {
        apply_one(client, migration, &statements, observe).await?;
        applied.push(migration.id());
    }
    Ok(Summary {
        database: session.database,
        applied,
        newest,
    })
}

/// Splits a migration, and refuses what its transaction cannot hold.
fn read_script(migration: &Migration) -> Result<Vec<Statement<'_>>, MigrationError> {
    let statements =
        lexer::split(migration.up().sql()).map_err(|unclosed| MigrationError::Unclosed {
            migration: migration.id(),
            origin: migration.up().origin().to_owned(),
            line: unclosed.line,
            what: unclosed.what,
        })?;
    for statement in &statements {
        if let Some(refusal) = refusal_of(statement) {
            return Err(MigrationError::Refused {
                migration: migration.id(),
                refusal,
                excerpt: Box::new(Excerpt::new(
                    migration.up().origin(),
                    statement.text,
                    statement.line,
                    None,
                )),
            });
        }
    }
    Ok(statements)
}

async fn apply_one(
    client: &mut Client,
    migration: &Migration,
    statements: &[Statement<'_>],
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<(), MigrationError> {
    observe(Event::Started {
        migration,
        statements: statements.len(),
    });
    let started = Instant::now();
    let failed = |source| MigrationError::Transaction {
        migration: migration.id(),
        source,
    };
    let transaction = client.transaction().await.map_err(failed)?;
    if let Err(error) = run_statements(&transaction, migration, statements, observe).await {
        // Where the connection is lost the server rolls back by itself, and the first error says more.
        let _ = transaction.rollback().await;
        return Err(error);
    }
    let finish = async {
        transaction.batch_execute(RESET_SESSION).await?;
        let milliseconds = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
        history::record(&transaction, migration, milliseconds).await?;
        transaction.commit().await
    };
    finish.await.map_err(failed)?;
    observe(Event::Finished {
        migration,
        elapsed: started.elapsed(),
    });
    Ok(())
}

async fn run_statements(
    transaction: &Transaction<'_>,
    migration: &Migration,
    statements: &[Statement<'_>],
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<(), MigrationError> {
    let failed = |source| MigrationError::Transaction {
        migration: migration.id(),
        source,
    };
    // The statements were told apart by its rules.
    let setting = "SET LOCAL standard_conforming_strings = on";
    transaction.batch_execute(setting).await.map_err(failed)?;
    for (index, statement) in statements.iter().enumerate() {
        let started = Instant::now();
        if let Err(source) = transaction.batch_execute(statement.text).await {
            let excerpt = Excerpt::new(
                migration.up().origin(),
                statement.text,
                statement.line,
                source.as_db_error(),
            );
            return Err(MigrationError::Statement {
                migration: migration.id(),
                number: index + 1,
                total: statements.len(),
                excerpt: Box::new(excerpt),
                source,
            });
        }
        let elapsed = started.elapsed();
        observe(Event::StatementDone {
            migration,
            line: statement.line,
            elapsed,
        });
    }
    Ok(())
}
