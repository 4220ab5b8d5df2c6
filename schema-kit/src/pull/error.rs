//! What can go wrong with the files of a pulled source.

use std::{io, path::PathBuf};

/// An error of writing a source.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PullError {
    /// Files in the way that `pull` did not write, or that were changed since.
    #[error("{} in `{}` would be lost", count(.files), .directory.display())]
    Foreign {
        /// The directory.
        directory: PathBuf,
        /// The files, by their paths below it.
        files: Vec<String>,
    },
    /// A file could not be read.
    #[error("cannot read `{}`", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file could not be written; all are as they were.
    #[error("cannot write `{}`", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The list of files is none.
    #[error("`{}` is not a list of files that `pull` wrote", .path.display())]
    List {
        /// The list.
        path: PathBuf,
    },
}

impl PullError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Foreign { files, .. } => format!(
                "`pull` did not write {}, or it was changed since; write elsewhere with --output, or replace with --force",
                shown(files)
            ),
            Self::Read { .. } | Self::Write { .. } => {
                "name a directory that may be read and written; nothing was changed".to_owned()
            }
            Self::List { .. } => {
                "restore it, or remove it: files that are there are then kept unless --force is given".to_owned()
            }
        }
    }
}

fn count(files: &[String]) -> String {
    match files {
        [one] => format!("the file `{one}`"),
        files => format!("{} files", files.len()),
    }
}

/// The first few of them.
fn shown(files: &[String]) -> String {
    const FEW: usize = 5;
    let names: Vec<String> = files
        .iter()
        .take(FEW)
        .map(|file| format!("`{file}`"))
        .collect();
    let rest = files.len().saturating_sub(FEW);
    match rest {
        0 => names.join(", "),
        rest => format!("{} and {rest} more", names.join(", ")),
    }
}
