//! Migrations against the history: what is applied, what is pending, and what does not fit.

use std::fmt;

use super::{Applied, Migration, Migrations, Version};

/// How a migration stands in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum State {
    /// It ran, and is unchanged since.
    Applied,
    /// It has not run.
    Pending,
    /// It has not run, but one of a higher version has.
    OutOfOrder,
    /// It ran, and its SQL has been changed since.
    Diverged,
    /// It ran, but is not among the migrations.
    Missing,
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
            Self::OutOfOrder => "out-of-order",
            Self::Diverged => "diverged",
            Self::Missing => "missing",
        }
    }

    /// Whether it keeps the runner from working.
    #[must_use]
    pub fn is_problem(self) -> bool {
        matches!(self, Self::OutOfOrder | Self::Diverged | Self::Missing)
    }
}

/// One migration's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its version.
    pub version: Version,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: State,
    /// Its row in the history, where it has one.
    pub applied: Option<Applied>,
}

/// All migrations of a database, those of the history included, lowest version first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The database.
    pub database: String,
    /// The migrations.
    pub entries: Vec<Entry>,
}

impl Status {
    /// What does not fit.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        problems(&self.entries)
    }

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
pub struct Problem {
    /// The migration, `<version>_<name>`.
    pub id: String,
    /// What is wrong with it.
    pub state: State,
    /// When it was applied, in UTC; for one out of order, the migration applied before it.
    pub detail: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, state, detail } = self;
        match state {
            State::Diverged => write!(
                formatter,
                "`{id}` was edited after it was applied ({detail})"
            ),
            State::Missing => write!(
                formatter,
                "`{id}` was applied ({detail}) but is missing now"
            ),
            State::OutOfOrder => write!(
                formatter,
                "`{id}` is not applied, but `{detail}` after it is"
            ),
            State::Applied | State::Pending => write!(formatter, "`{id}` is {}", state.as_str()),
        }
    }
}

/// Pairs migrations with the history by version.
pub(super) fn compare(migrations: &Migrations, history: &[Applied]) -> Vec<Entry> {
    let newest = history.last().map(|applied| &applied.version);
    let mut entries: Vec<Entry> = migrations
        .iter()
        .map(|migration| {
            let applied = history
                .iter()
                .find(|applied| applied.version == *migration.version());
            Entry {
                version: migration.version().clone(),
                name: migration.name().to_owned(),
                state: state_of(migration, applied, newest),
                applied: applied.cloned(),
            }
        })
        .collect();
    for applied in history {
        if !migrations
            .iter()
            .any(|migration| *migration.version() == applied.version)
        {
            entries.push(Entry {
                version: applied.version.clone(),
                name: applied.name.clone(),
                state: State::Missing,
                applied: Some(applied.clone()),
            });
        }
    }
    entries.sort_by(|a, b| a.version.cmp(&b.version));
    entries
}

fn state_of(migration: &Migration, applied: Option<&Applied>, newest: Option<&Version>) -> State {
    match applied {
        Some(applied) if applied.checksum == migration.up().checksum() => State::Applied,
        Some(_) => State::Diverged,
        None if newest.is_some_and(|newest| migration.version() < newest) => State::OutOfOrder,
        None => State::Pending,
    }
}

/// What keeps the runner from working.
pub(super) fn problems(entries: &[Entry]) -> Vec<Problem> {
    let newest = entries.iter().rev().find(|entry| entry.applied.is_some());
    let newest = newest.map_or_else(String::new, |entry| {
        format!("{}_{}", entry.version, entry.name)
    });
    entries
        .iter()
        .filter(|entry| entry.state.is_problem())
        .map(|entry| Problem {
            id: format!("{}_{}", entry.version, entry.name),
            state: entry.state,
            detail: entry
                .applied
                .as_ref()
                .map_or_else(|| newest.clone(), |applied| applied.applied_at.clone()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Applied, Migration, Migrations, State, compare, problems};

    fn migrations(list: &[(&str, &str)]) -> Migrations {
        let build = |(id, sql): &(&str, &str)| Migration::new(id, sql, "test").unwrap();
        Migrations::new(list.iter().map(build).collect()).unwrap()
    }

    fn history(list: &[(&str, &str)]) -> Vec<Applied> {
        let row = |migration: &Migration| Applied {
            version: migration.version().clone(),
            name: migration.name().to_owned(),
            checksum: migration.up().checksum().to_owned(),
            applied_at: "2026-01-31T12:00:00Z".to_owned(),
            execution_ms: 1,
            kit_version: "0".to_owned(),
        };
        migrations(list).iter().map(row).collect()
    }

    fn states(ours: &[(&str, &str)], theirs: &[(&str, &str)]) -> Vec<State> {
        compare(&migrations(ours), &history(theirs))
            .iter()
            .map(|entry| entry.state)
            .collect()
    }

    #[test]
    fn each_state_is_told_apart() {
        assert_eq!(
            states(
                &[
                    ("1_a", "A"),
                    ("2_b", "B changed"),
                    ("3_c", "C"),
                    ("5_e", "E")
                ],
                &[("1_a", "A"), ("2_b", "B"), ("4_d", "D")],
            ),
            [
                State::Applied,
                State::Diverged,
                State::OutOfOrder,
                State::Missing,
                State::Pending
            ]
        );
    }

    #[test]
    fn line_endings_and_leading_zeros_are_no_difference() {
        assert_eq!(
            states(&[("0001_a", "A\r\nB")], &[("1_a", "A\nB")]),
            [State::Applied]
        );
    }

    #[test]
    fn problems_are_told_by_name() {
        let entries = compare(
            &migrations(&[("2_b", "B changed"), ("3_c", "C")]),
            &history(&[("2_b", "B"), ("4_d", "D")]),
        );
        let messages: Vec<String> = problems(&entries).iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "`2_b` was edited after it was applied (2026-01-31T12:00:00Z)",
                "`3_c` is not applied, but `4_d` after it is",
                "`4_d` was applied (2026-01-31T12:00:00Z) but is missing now",
            ]
        );
    }
}
