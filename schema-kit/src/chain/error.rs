//! What can go wrong when migrations and their snapshots are read.

use std::path::PathBuf;

use crate::{migration::MigrationError, snapshot::SnapshotError};

/// An error of reading a directory of migrations with its snapshots.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// The migrations could not be read.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// A snapshot's text is none.
    #[error("`{}` is no snapshot", .path.display())]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: SnapshotError,
    },
}

impl ChainError {
    /// Where it happened.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Migration(error) => error.location(),
            Self::Snapshot { .. } => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Migration(error) => error.help(),
            Self::Snapshot { source, .. } => Some(source.help().to_owned()),
        }
    }
}
