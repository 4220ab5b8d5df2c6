//! What can go wrong with the ends of a comparison, and with the scratch databases they are read through.

use std::{io, path::PathBuf};

use tokio_postgres::error::SqlState;

use crate::{migration::Excerpt, snapshot::SnapshotError};

/// An error of reading a schema from where it is. Nothing was changed.
///
/// # Examples
///
/// ```
/// use schema_kit::SourceError;
///
/// let error = SourceError::Missing { path: "shcema.sql".into() };
/// assert_eq!(error.to_string(), "there is no file or directory `shcema.sql`");
/// assert!(error.help().is_some());
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// There is nothing of this name.
    #[error("there is no file or directory `{}`", .path.display())]
    Missing {
        /// The name.
        path: PathBuf,
    },
    /// A file or directory could not be read.
    #[error("cannot read `{}`", .path.display())]
    Unreadable {
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file is no text that SQL could be.
    #[error("`{}` {reason}", .path.display())]
    NoText {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong, as the rest of a sentence.
        reason: &'static str,
    },
    /// A directory holds no SQL.
    #[error("there is no `.sql` file in the directory `{}`", .path.display())]
    NoSql {
        /// The directory.
        path: PathBuf,
    },
    /// A snapshot could not be understood.
    #[error("cannot use the snapshot `{}`", .path.display())]
    Snapshot {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<SnapshotError>,
    },
    /// A quote, comment or parenthesis is not closed.
    #[error("a {what} is opened and not closed")]
    Unclosed {
        /// The file.
        origin: String,
        /// The line it is opened on, counted from 1.
        line: usize,
        /// What was opened.
        what: &'static str,
    },
    /// A statement that cannot be run on a scratch database.
    #[error("the script holds {what}")]
    Refused {
        /// What it is.
        what: &'static str,
        /// What to do about it.
        help: &'static str,
        /// Its line.
        excerpt: Box<Excerpt>,
    },
    /// The server refused a statement.
    #[error("the server refuses a statement")]
    Statement {
        /// The line the server complains about.
        excerpt: Box<Excerpt>,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// There is no compiled schema in this binary.
    #[error("there is no compiled schema here")]
    NoSchema,
    /// The server of scratch databases lacks a role that has privileges: roles are a server's, and none is made on one that
    /// the user named.
    #[error("the scratch server has no role `{role}`, which has privileges in the schema")]
    NoRole {
        /// The role.
        role: String,
    },
    /// A scratch database could not be made, used or dropped.
    #[error("cannot {action} a scratch database")]
    Scratch {
        /// What was to be done.
        action: &'static str,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
}

impl SourceError {
    /// Where it happened: the file and line, with the SQL below.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::NoText { path, line, .. } => Some(format!("{}, line {line}", path.display())),
            Self::Unclosed { origin, line, .. } => Some(format!("{origin}, line {line}")),
            Self::Refused { excerpt, .. } | Self::Statement { excerpt, .. } => {
                Some(excerpt.to_string())
            }
            _ => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::Missing { .. } => {
                "name a file or directory of SQL, a snapshot, a database URL (`postgres://…`) or `compiled`"
            }
            Self::NoText { .. } => "save the file as UTF-8 text",
            Self::NoSql { .. } => {
                "name the directory the SQL files lie in, or the one with the migrations `<version>_<name>/up.sql`"
            }
            Self::Snapshot { source, .. } => source.help(),
            Self::Unclosed { .. } => "close it: everything up to the end of the file is part of it",
            Self::Refused { help, .. } => help,
            Self::Statement { source, .. } => return Some(statement_help(source).to_owned()),
            Self::NoSchema => {
                "run the command from your application's own binary, whose `main` is `schema_kit::main(&SCHEMA)`"
            }
            Self::NoRole { .. } => {
                "make the role there, name the server the database is on with `--scratch-url`, or leave that out to use a server of the kit's own"
            }
            Self::Scratch { source, .. }
                if source.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) =>
            {
                "name a role that may create databases with `--scratch-url`, or leave it out to use a server of the kit's own"
            }
            Self::Unreadable { .. } | Self::Scratch { .. } => return None,
        };
        Some(text.to_owned())
    }
}

fn statement_help(source: &tokio_postgres::Error) -> &'static str {
    match source.code() {
        None => "the connection was lost: try again",
        Some(code)
            if *code == SqlState::UNDEFINED_FILE || *code == SqlState::FEATURE_NOT_SUPPORTED =>
        {
            "the scratch server lacks it: name a server that has it with `--scratch-url`"
        }
        Some(_) => "correct the SQL: it has to run in an empty database",
    }
}
