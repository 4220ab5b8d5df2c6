//! Takes migrations back by their `down.sql`.

use tokio_postgres::Client;

use super::{
    Direction, Event, MigrationError, Migrations, Options, State, Summary, Version,
    apply::check_version,
    history::{self, Presence},
    job::Job,
    runner::Runner,
    state::{self, Entry},
};

/// How far back to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Back {
    /// So many migrations.
    Steps(usize),
    /// Every migration above this version.
    To(Version),
    /// All of them.
    All,
}

/// Takes the newest migrations back, newest first, by their `down.sql`.
///
/// Each runs as [`apply`](super::apply()) runs an `up.sql`; its row leaves the history in the transaction of its last part.
/// One that is not in a single part and is interrupted is gone on with by the next call. Nothing runs unless every
/// migration that is to be taken back has a `down.sql` that can be read.
///
/// # Errors
///
/// As [`apply`](super::apply()), and when a migration has no `down.sql`.
pub async fn down(
    client: &mut Client,
    migrations: &Migrations,
    back: &Back,
    options: &Options,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Summary, MigrationError> {
    if let Back::To(version) = back {
        check_version(migrations, Some(version))?;
    }
    let mut runner = Runner::new(client, options, observe).await?;
    if runner.session.presence != Presence::Table {
        return Ok(summary(&runner, Vec::new(), None));
    }
    runner.lock().await?;
    let outcome = down_locked(&mut runner, migrations, back).await;
    runner.unlock(outcome).await
}

/// Takes the newest migration back and applies it again, under one lock.
///
/// # Errors
///
/// As [`down`] and [`apply`](super::apply()).
pub async fn redo(
    client: &mut Client,
    migrations: &Migrations,
    options: &Options,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Summary, MigrationError> {
    let mut runner = Runner::new(client, options, observe).await?;
    if runner.session.presence != Presence::Table {
        return Ok(summary(&runner, Vec::new(), None));
    }
    runner.lock().await?;
    let outcome = redo_locked(&mut runner, migrations).await;
    runner.unlock(outcome).await
}

async fn redo_locked(
    runner: &mut Runner<'_>,
    migrations: &Migrations,
) -> Result<Summary, MigrationError> {
    let mut summary = down_locked(runner, migrations, &Back::Steps(1)).await?;
    for id in &summary.applied {
        let found = migrations.iter().find(|migration| migration.id() == *id);
        // It was found by `down`.
        if let Some(migration) = found {
            runner
                .run(Job::new(migration, Direction::Up, None)?)
                .await?;
        }
    }
    summary.newest = summary.applied.last().cloned().or(summary.newest);
    Ok(summary)
}

async fn down_locked(
    runner: &mut Runner<'_>,
    migrations: &Migrations,
    back: &Back,
) -> Result<Summary, MigrationError> {
    let history = history::read(runner.client, Presence::Table).await?;
    let entries = state::compare(migrations, &history);
    let mut chosen: Vec<&Entry> = entries
        .iter()
        .rev()
        .filter(|entry| entry.applied.is_some())
        .collect();
    match back {
        Back::Steps(count) => chosen.truncate(*count),
        Back::To(version) => chosen.retain(|entry| entry.version > *version),
        Back::All => {}
    }
    let mut jobs = Vec::new();
    for entry in chosen {
        jobs.push(build_job(runner, migrations, entry).await?);
    }
    let gone: Vec<String> = jobs.iter().map(|job| job.migration.id()).collect();
    let left = history.iter().rev().nth(gone.len());
    let newest = left.map(super::Applied::id);
    if !jobs.is_empty() {
        (runner.observe)(Event::Planned {
            pending: jobs.len(),
            direction: Direction::Down,
        });
    }
    for job in jobs {
        runner.run(job).await?;
    }
    Ok(summary(runner, gone, newest))
}

/// A migration can be taken back that is as it was applied; what its `down.sql` would do to another is unknown.
async fn build_job<'m>(
    runner: &mut Runner<'_>,
    migrations: &'m Migrations,
    entry: &Entry,
) -> Result<Job<'m>, MigrationError> {
    let is_upwards = entry.state == State::Interrupted && entry.direction() == Some(Direction::Up);
    let is_fit = matches!(entry.state, State::Applied | State::Interrupted) && !is_upwards;
    let migration = migrations.find(&entry.version);
    match migration {
        Some(migration) if is_fit => Job::new(migration, Direction::Down, entry.applied.as_ref()),
        _ if is_upwards => Err(MigrationError::HalfUp {
            migration: entry.id(),
        }),
        _ => {
            let entries = std::slice::from_ref(entry);
            runner.check_history(migrations, entries).await?;
            // What is neither fit nor a problem is a squashed one, which has no row of its own.
            Err(MigrationError::NoDown {
                migration: entry.id(),
            })
        }
    }
}

fn summary(runner: &Runner<'_>, applied: Vec<String>, newest: Option<String>) -> Summary {
    Summary {
        database: runner.session.database.clone(),
        applied,
        marked: Vec::new(),
        newest,
    }
}
