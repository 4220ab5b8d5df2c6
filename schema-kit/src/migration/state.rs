//! Migrations against the history: what is applied, what is pending, and what does not fit.

use std::fmt;

use tokio_postgres::Client;

use super::{
    Applied, Direction, Migration, MigrationError, Migrations, Version, difference::Difference,
    history,
};

/// How a migration stands in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    /// It ran, and is unchanged since.
    Applied,
    /// It has not run.
    Pending,
    /// Some of its parts are done: it failed, or its runner was interrupted. `migrate` goes on with it, or `down` where
    /// it was being taken back.
    Interrupted,
    /// It stands for migrations that all ran; `migrate` notes it.
    Squashed,
    /// It has not run, but one of a higher version has.
    OutOfOrder,
    /// It ran, and its SQL has been changed since.
    Diverged,
    /// It ran, but is not among the migrations.
    Missing,
    /// It stands for migrations of which some ran and some did not.
    PartlySquashed,
}

impl State {
    /// The state in one word.
    ///
    /// ```
    /// assert_eq!(schema_kit::migration::State::OutOfOrder.as_str(), "out-of-order");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Pending => "pending",
            Self::Interrupted => "interrupted",
            Self::Squashed => "squashed",
            Self::OutOfOrder => "out-of-order",
            Self::Diverged => "diverged",
            Self::Missing => "missing",
            Self::PartlySquashed => "partly-squashed",
        }
    }
}

/// One migration's state.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Its version.
    pub version: Version,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: State,
    /// Its row in the history, where it has one.
    pub applied: Option<Applied>,
    /// More about its state, where the state alone does not tell: what is missing of a squashed one.
    pub detail: String,
}

impl Entry {
    /// `<version>_<name>`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }

    /// Whether it keeps the runner from working.
    #[must_use]
    pub fn is_problem(&self) -> bool {
        match self.state {
            State::Applied | State::Pending | State::Squashed => false,
            State::Interrupted => self.direction() == Some(Direction::Down),
            State::OutOfOrder | State::Diverged | State::Missing | State::PartlySquashed => true,
        }
    }

    /// Which way it is going, where it is not done.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        let progress = self.applied.as_ref()?.progress.as_ref()?;
        Some(progress.direction)
    }
}

/// All migrations of a database, those of the history included, lowest version first.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The database.
    pub database: String,
    /// The migrations.
    pub entries: Vec<Entry>,
    /// What keeps `migrate` from working.
    pub problems: Vec<Problem>,
}

impl Status {
    /// How many migrations are in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.entries
            .iter()
            .filter(|entry| entry.state == state)
            .count()
    }
}

/// A migration that does not fit the history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The migration, `<version>_<name>`.
    pub id: String,
    /// What is wrong with it.
    pub state: State,
    /// When it was applied, in UTC; for one out of order, the migration applied before it; for one partly squashed,
    /// those that are missing.
    pub detail: String,
    /// How many parts of how many are done, where not all are.
    pub progress: Option<(usize, usize)>,
    /// The first line that differs from what was applied.
    pub difference: Option<Difference>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, detail, .. } = self;
        match (self.state, self.progress) {
            (State::Diverged, Some((done, total))) => {
                write!(
                    f,
                    "`{id}` was edited after {done} of its {total} parts ran ({detail})"
                )?;
            }
            (State::Diverged, None) => {
                write!(f, "`{id}` was edited after it was applied ({detail})")?;
            }
            (State::Missing, _) => write!(f, "`{id}` was applied ({detail}) but is missing now")?,
            (State::OutOfOrder, _) => {
                write!(f, "`{id}` is not applied, but `{detail}` after it is")?;
            }
            (State::PartlySquashed, _) => {
                write!(
                    f,
                    "`{id}` replaces migrations of which the database lacks {detail}"
                )?;
            }
            (state, _) => write!(f, "`{id}` is {} (being taken back)", state.as_str())?,
        }
        match &self.difference {
            Some(difference) => write!(f, "\n{difference}"),
            None => Ok(()),
        }
    }
}

/// Pairs migrations with the history by version.
pub(super) fn compare(migrations: &Migrations, history: &[Applied]) -> Vec<Entry> {
    let newest = history.last().map(|applied| &applied.version);
    let mut entries: Vec<Entry> = migrations
        .iter()
        .map(|migration| build_entry(migration, history, newest))
        .collect();
    let is_known = |applied: &Applied| {
        migrations.iter().any(|migration| {
            let replaced = migration.replaces().iter();
            *migration.version() == applied.version
                || replaced
                    .map(|replaced| &replaced.version)
                    .any(|version| *version == applied.version)
        })
    };
    for applied in history.iter().filter(|applied| !is_known(applied)) {
        entries.push(Entry {
            version: applied.version.clone(),
            name: applied.name.clone(),
            state: State::Missing,
            applied: Some(applied.clone()),
            detail: String::new(),
        });
    }
    entries.sort_by(|a, b| a.version.cmp(&b.version));
    entries
}

fn build_entry(migration: &Migration, history: &[Applied], newest: Option<&Version>) -> Entry {
    let own = own_row(migration, history);
    let (state, detail) = match own {
        Some(applied) => (state_of(migration, applied), String::new()),
        None => match lacking(migration, history) {
            Some(lacking) if lacking.is_empty() => (State::Squashed, String::new()),
            Some(lacking) => (State::PartlySquashed, lacking.join(", ")),
            None if newest.is_some_and(|newest| migration.version() < newest) => {
                (State::OutOfOrder, String::new())
            }
            None => (State::Pending, String::new()),
        },
    };
    Entry {
        version: migration.version().clone(),
        name: migration.name().to_owned(),
        state,
        applied: own.cloned(),
        detail,
    }
}

fn state_of(migration: &Migration, applied: &Applied) -> State {
    if applied.checksum != migration.up().checksum() {
        State::Diverged
    } else if applied.progress.is_some() {
        State::Interrupted
    } else {
        State::Applied
    }
}

/// The row of a migration. A squashed one has the version of the last it replaces, whose row is not its own.
pub(super) fn own_row<'a>(migration: &Migration, history: &'a [Applied]) -> Option<&'a Applied> {
    let applied = history
        .iter()
        .find(|applied| applied.version == *migration.version())?;
    let is_replaced = migration.replaces().iter().any(|replaced| {
        replaced.version == applied.version && replaced.checksum == applied.checksum
    });
    (!is_replaced).then_some(applied)
}

/// The migrations that a squashed one replaces and that did not run as it says; `None` where none of them ran.
fn lacking(migration: &Migration, history: &[Applied]) -> Option<Vec<String>> {
    let row = |version: &Version| history.iter().find(|applied| applied.version == *version);
    let replaced = migration.replaces();
    replaced
        .iter()
        .find_map(|replaced| row(&replaced.version))?;
    let lacking = replaced.iter().filter(|replaced| {
        row(&replaced.version).is_none_or(|applied| {
            applied.progress.is_some() || applied.checksum != replaced.checksum
        })
    });
    Some(
        lacking
            .map(|replaced| format!("`{}_{}`", replaced.version, replaced.name))
            .collect(),
    )
}

/// What keeps the runner from working, without the differences, which the history alone knows.
pub(super) fn problems(entries: &[Entry]) -> Vec<Problem> {
    let newest = entries.iter().rev().find(|entry| entry.applied.is_some());
    let newest = newest.map(Entry::id).unwrap_or_default();
    let build = |entry: &Entry| Problem {
        id: entry.id(),
        state: entry.state,
        detail: match (entry.state, &entry.applied) {
            (State::PartlySquashed, _) => entry.detail.clone(),
            (_, Some(applied)) => applied.applied_at.clone(),
            (_, None) => newest.clone(),
        },
        progress: entry
            .applied
            .as_ref()
            .and_then(|applied| applied.progress.as_ref())
            .map(|progress| (progress.done, progress.steps.len())),
        difference: None,
    };
    let found = entries.iter().filter(|entry| entry.is_problem());
    found.map(build).collect()
}

/// Adds to the problems of edited migrations the first line that differs from what ran.
pub(super) async fn add_differences(
    client: &Client,
    migrations: &Migrations,
    problems: &mut [Problem],
) -> Result<(), MigrationError> {
    for problem in problems {
        let migration = migrations
            .iter()
            .find(|migration| migration.id() == problem.id);
        let Some(migration) = migration.filter(|_| problem.state == State::Diverged) else {
            continue;
        };
        if let Some(applied) = history::read_sql(client, migration.version()).await? {
            problem.difference = Difference::first(&applied, migration.up());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
