//! What is wrong with migrations among themselves.

use std::{collections::BTreeSet, fmt};

use super::Chain;

/// What is wrong with a directory of migrations, seen without a database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainProblem {
    /// Two migrations follow the same one: branches that were merged, of which neither knows the other's changes.
    Forked {
        /// The migration both follow; `None` where both are the first.
        parent: Option<String>,
        /// The one of the lower version.
        first: String,
        /// The one of the higher version.
        second: String,
    },
    /// The snapshot follows a migration that is not there.
    NoParent {
        /// The migration.
        migration: String,
        /// What it follows.
        parent: String,
    },
    /// A migration's `up.sql` is not what it was when its snapshot was written.
    Edited {
        /// The migration.
        migration: String,
    },
    /// A migration without a snapshot stands among those that have one.
    NoSnapshot {
        /// The migration.
        migration: String,
    },
}

impl ChainProblem {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Forked { second, .. } => format!(
                "run `rebase`, which makes `{second}` follow the other one; `rebase MIGRATION` moves the one you name \
                 behind all others instead"
            ),
            Self::NoParent { migration, .. } => format!(
                "bring the missing migration back, or run `rebase {migration}` after removing what depended on it"
            ),
            Self::Edited { migration } => format!(
                "undo the edit where the migration is applied anywhere; otherwise run `check --accept-edits {migration}`"
            ),
            Self::NoSnapshot { migration } => format!(
                "run `check --accept-edits {migration}` where it leaves the schema as it was"
            ),
        }
    }
}

impl fmt::Display for ChainProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forked {
                parent: Some(parent),
                first,
                second,
            } => write!(f, "`{first}` and `{second}` both follow `{parent}`"),
            Self::Forked { first, second, .. } => {
                write!(f, "`{first}` and `{second}` both begin the migrations")
            }
            Self::NoParent { migration, parent } => {
                write!(f, "`{migration}` follows `{parent}`, which is not there")
            }
            Self::Edited { migration } => write!(
                f,
                "the `up.sql` of `{migration}` is not what it was when its snapshot was written"
            ),
            Self::NoSnapshot { migration } => {
                write!(
                    f,
                    "`{migration}` has no snapshot, but migrations before it do"
                )
            }
        }
    }
}

pub(super) fn problems(chain: &Chain) -> Vec<ChainProblem> {
    let known: BTreeSet<String> = chain.kept().map(|(id, _)| id).collect();
    let mut problems = Vec::new();
    let mut previous: Option<String> = None;
    for link in &chain.links {
        let id = link.migration.id();
        let Some(snapshot) = &link.snapshot else {
            if previous.is_some() {
                problems.push(ChainProblem::NoSnapshot { migration: id });
            }
            continue;
        };
        if snapshot.parent != previous {
            problems.push(match (&snapshot.parent, &previous) {
                (Some(parent), _) if !known.contains(parent) => ChainProblem::NoParent {
                    migration: id.clone(),
                    parent: parent.clone(),
                },
                (parent, previous) => ChainProblem::Forked {
                    parent: parent.clone(),
                    // Where none of an earlier version follows it too, the order itself is wrong.
                    first: sibling(chain, parent, &id)
                        .or_else(|| previous.clone())
                        .unwrap_or_else(|| id.clone()),
                    second: id.clone(),
                },
            });
        }
        let written = snapshot.checksum.as_deref();
        if written.is_some_and(|checksum| checksum != link.migration.up().checksum()) {
            problems.push(ChainProblem::Edited {
                migration: id.clone(),
            });
        }
        previous = Some(id);
    }
    problems
}

/// The first migration that follows this one, where it is not the one named.
fn sibling(chain: &Chain, parent: &Option<String>, id: &str) -> Option<String> {
    let mut kept = chain.kept();
    let found = kept.find(|(_, snapshot)| snapshot.parent == *parent);
    found.map(|(other, _)| other).filter(|other| other != id)
}
