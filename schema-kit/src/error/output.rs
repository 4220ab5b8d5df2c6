//! What can go wrong with a command's result.

use std::{io, path::PathBuf};

/// An error of writing a result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// A file could not be written; one that was there is unchanged.
    #[error("cannot write `{}`", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Standard output could not be written.
    #[error("cannot write to standard output")]
    Stdout(#[source] io::Error),
    /// A question could not be asked.
    #[error("cannot ask on the terminal")]
    Terminal(#[source] io::Error),
    /// The asynchronous runtime could not be started.
    #[error("cannot start the runtime")]
    Runtime(#[source] io::Error),
}

impl OutputError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::File { .. } => {
                Some("name a file in a directory that may be written to".to_owned())
            }
            Self::Stdout(_) | Self::Terminal(_) | Self::Runtime(_) => None,
        }
    }

    /// Whether the reader went away.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Stdout(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
