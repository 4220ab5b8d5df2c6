//! Why a migration is not made.

use std::{io, path::PathBuf};

use crate::{
    chain::ChainProblem,
    diff::{RenameCandidate, RenameError},
    plan::PlanError,
    snapshot::MergeConflict,
};

/// An error of making a migration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// The migrations do not follow each other.
    #[error("the migrations are not one chain: {}", list(.problems))]
    Chain {
        /// What is wrong, in their order.
        problems: Vec<ChainProblem>,
    },
    /// There are migrations, but the schema as of the newest is not known.
    #[error("`{migration}` has no snapshot, so what has changed since is not known")]
    NoSnapshot {
        /// The newest migration.
        migration: String,
    },
    /// A rename cannot be followed.
    #[error(transparent)]
    Rename(#[from] RenameError),
    /// What is dropped looks like something that is created.
    #[error("{}: renamed, or dropped and created?", questions(.candidates))]
    Undecided {
        /// What may have been renamed.
        candidates: Vec<RenameCandidate>,
    },
    /// What is said to be dropped is not.
    #[error("`{name}` is not dropped")]
    NotDropped {
        /// As it was given.
        name: String,
    },
    /// Rows or values are deleted.
    #[error("the migration deletes data: {}", .what.join("; "))]
    DeletesData {
        /// What is deleted, a sentence each.
        what: Vec<String>,
    },
    /// PostgreSQL has no statement for a change.
    #[error("{0}")]
    Plan(PlanError),
    /// The name cannot be part of a directory's.
    #[error("`{name}` cannot be a migration's name")]
    Name {
        /// The name.
        name: String,
    },
    /// There is no such migration.
    #[error("there is no migration `{migration}` with a snapshot")]
    NoMigration {
        /// As it was given.
        migration: String,
    },
    /// Two branches changed one fact.
    #[error("`{first}` and `{second}` both change `{conflict}`")]
    Conflict {
        /// The migration that stays as it is.
        first: String,
        /// The one that should follow it.
        second: String,
        /// Where.
        conflict: MergeConflict,
    },
    /// A file could not be written; what was there is unchanged.
    #[error("cannot write `{}`", .path.display())]
    Write {
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

impl From<PlanError> for GenerateError {
    fn from(error: PlanError) -> Self {
        Self::Plan(error)
    }
}

impl GenerateError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Chain { problems } => {
                let help = problems.iter().map(ChainProblem::help);
                help.collect::<Vec<_>>().join("; ")
            }
            Self::NoSnapshot { migration } => format!(
                "run `check --accept-edits {migration}` where the migrations give the compiled schema as it is now"
            ),
            Self::Rename(error) => error.help().to_owned(),
            Self::Undecided { candidates } => {
                let lines = candidates.iter().map(|candidate| {
                    format!(
                        "add `--rename {candidate}` where it was renamed, `--drop {}` where not",
                        candidate.previous()
                    )
                });
                lines.collect::<Vec<_>>().join("\n")
            }
            Self::NotDropped { .. } => {
                "name a table, or a column as `table.column`, that only the previous schema has".to_owned()
            }
            Self::DeletesData { .. } => {
                "add `--allow deletes-data` where that is meant".to_owned()
            }
            Self::Plan(error) => error.help.to_owned(),
            Self::Name { .. } => {
                "use letters, digits, `-` and `_`, 100 characters at most".to_owned()
            }
            Self::NoMigration { .. } => "give the whole name of its directory".to_owned(),
            Self::Conflict { .. } => {
                "undo one of the two changes, or delete the second migration and run `generate` again".to_owned()
            }
            Self::Write { .. } => return None,
        })
    }

    /// Whether the arguments are at fault.
    #[must_use]
    pub fn is_bad_argument(&self) -> bool {
        matches!(
            self,
            Self::Rename(_)
                | Self::NotDropped { .. }
                | Self::Name { .. }
                | Self::NoMigration { .. }
        )
    }
}

fn list(problems: &[ChainProblem]) -> String {
    let problems = problems.iter().map(ToString::to_string);
    problems.collect::<Vec<_>>().join("; ")
}

/// `users.nick` is gone and `users.display_name` is new.
fn questions(candidates: &[RenameCandidate]) -> String {
    let questions = candidates.iter().map(|candidate| {
        let next = match candidate {
            RenameCandidate::Table { next, .. } => next.to_string(),
            RenameCandidate::Column { table, next, .. } => format!("{table}.{next}"),
        };
        format!("`{}` is gone and `{next}` is new", candidate.previous())
    });
    questions.collect::<Vec<_>>().join(", ")
}
