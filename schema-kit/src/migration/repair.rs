//! Changes of the history alone: the baseline of a database that has its tables already, and what somebody decides about
//! a migration that does not fit.

use tokio_postgres::Client;

use super::{
    Direction, Event, Migration, MigrationError, Migrations, Options, Summary, Version,
    apply::check_version,
    history::{self, Applied, Kind},
    part,
    runner::Runner,
    state,
};

/// What is decided about a migration that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The database has all of it, as the file is now.
    Applied,
    /// The database has nothing of it: its row is forgotten, and a file that is there is pending.
    Pending,
    /// The parts that are done stay, and the rest is run as the file is now. Refused where the file was edited in a part
    /// that is done.
    Resume,
}

/// Records migrations as applied without running them: for a database that has what they make already.
///
/// # Errors
///
/// When the history has rows, as for [`apply`](super::apply()), or there is no migration of the version.
pub async fn baseline(
    client: &mut Client,
    migrations: &Migrations,
    options: &Options,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Summary, MigrationError> {
    check_version(migrations, options.to.as_ref())?;
    let mut runner = Runner::new(client, options, observe).await?;
    runner.lock().await?;
    let outcome = baseline_locked(&mut runner, migrations).await;
    runner.unlock(outcome).await
}

async fn baseline_locked(
    runner: &mut Runner<'_>,
    migrations: &Migrations,
) -> Result<Summary, MigrationError> {
    runner.look_again().await?;
    let history = history::read(runner.client, runner.session.presence).await?;
    if let Some(applied) = history.last() {
        return Err(MigrationError::NotEmpty {
            database: runner.session.database.clone(),
            newest: applied.id(),
        });
    }
    let limit = runner.options.to.as_ref();
    let is_wanted = |migration: &&Migration| limit.is_none_or(|limit| migration.version() <= limit);
    let marked: Vec<&Migration> = migrations.iter().filter(is_wanted).collect();
    if !marked.is_empty() {
        runner.create_history().await?;
        let statements: Vec<String> = marked
            .iter()
            .map(|migration| history::mark(migration, Kind::Baseline))
            .collect();
        runner.change_history(&statements).await?;
    }
    let ids: Vec<String> = marked.iter().map(|migration| migration.id()).collect();
    Ok(Summary {
        database: runner.session.database.clone(),
        newest: ids.last().cloned(),
        applied: Vec::new(),
        marked: ids,
    })
}

/// Changes the row of a migration as decided; no statement of it is run.
///
/// # Errors
///
/// When there is nothing to decide about the migration, the decision does not fit it, or as for
/// [`apply`](super::apply()).
pub async fn repair(
    client: &mut Client,
    migrations: &Migrations,
    decided: (&Version, Decision),
    options: &Options,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<String, MigrationError> {
    let mut runner = Runner::new(client, options, observe).await?;
    runner.lock().await?;
    let outcome = repair_locked(&mut runner, migrations, decided).await;
    runner.unlock(outcome).await
}

async fn repair_locked(
    runner: &mut Runner<'_>,
    migrations: &Migrations,
    (version, decision): (&Version, Decision),
) -> Result<String, MigrationError> {
    let history = history::read(runner.client, runner.session.presence).await?;
    let entries = state::compare(migrations, &history);
    let entry = entries.iter().find(|entry| entry.version == *version);
    let unfit = |reason: &'static str| MigrationError::CannotRepair {
        version: version.to_string(),
        reason,
    };
    let migration = migrations.find(version);
    let applied = entry.and_then(|entry| entry.applied.as_ref());
    let (id, sql) = match (decision, migration, applied) {
        (Decision::Pending, _, Some(applied)) => (applied.id(), history::forget(version)),
        (Decision::Pending, _, None) => return Err(unfit("has no row in the history")),
        (Decision::Applied, Some(migration), Some(_)) => {
            (migration.id(), history::accept(migration))
        }
        (Decision::Applied, Some(migration), None) => {
            (migration.id(), history::mark(migration, Kind::Repair))
        }
        (Decision::Resume, Some(migration), Some(applied)) => (
            migration.id(),
            resume(migration, applied)?.ok_or_else(|| unfit("is not half done"))?,
        ),
        (Decision::Applied | Decision::Resume, _, _) => {
            return Err(unfit("is not among the migrations"));
        }
    };
    let needs_table = decision == Decision::Applied && applied.is_none();
    if needs_table {
        runner.create_history().await?;
    }
    runner.change_history(&[sql]).await?;
    Ok(id)
}

/// The statement that takes the file as it is now, where the parts that are done are unchanged.
fn resume(migration: &Migration, applied: &Applied) -> Result<Option<String>, MigrationError> {
    let Some(progress) = &applied.progress else {
        return Ok(None);
    };
    let script = match (progress.direction, migration.down()) {
        (Direction::Down, Some(down)) => down,
        (Direction::Down, None) => {
            return Err(MigrationError::NoDown {
                migration: migration.id(),
            });
        }
        (Direction::Up, _) => migration.up(),
    };
    let parts = part::cut(migration, script)?;
    let done = progress.done;
    let is_same = parts.len() > done
        && parts[..done]
            .iter()
            .zip(&progress.steps)
            .all(|(part, step)| part.checksum == *step);
    if !is_same {
        return Err(MigrationError::EditedMidway {
            migration: migration.id(),
            origin: script.origin().to_owned(),
            done,
        });
    }
    Ok(Some(match progress.direction {
        Direction::Up => history::resume(migration, &parts),
        Direction::Down => history::resume_down(migration.version(), &parts),
    }))
}
