//! What can go wrong between a command and its database.

use std::{error, fmt, path::PathBuf};

use schema_core::connect::ConnectError;

/// Where the database's URL was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// `--database-url`.
    Argument,
    /// Another option, such as `--from`.
    Option(&'static str),
    /// The environment variable `DATABASE_URL`.
    Environment,
    /// A `.env` file.
    DotEnv(PathBuf),
    /// Nowhere: it is the embedded server with this data directory.
    Embedded(PathBuf),
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument => formatter.write_str("--database-url"),
            Self::Option(name) => formatter.write_str(name),
            Self::Environment => formatter.write_str("DATABASE_URL in the environment"),
            Self::DotEnv(path) => write!(formatter, "DATABASE_URL in {}", path.display()),
            Self::Embedded(data) => write!(formatter, "the embedded server in {}", data.display()),
        }
    }
}

/// An error of choosing or reaching the database.
#[derive(Debug)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The URL cannot be used, or nobody answers at it as hoped.
    Connect {
        /// Where the URL was written.
        origin: Origin,
        /// What went wrong.
        error: ConnectError,
    },
    /// `DATABASE_URL` is not valid Unicode.
    NotUnicode,
    /// A `.env` file cannot be read.
    DotEnv {
        /// The file.
        path: PathBuf,
        /// The reason. A line that cannot be parsed is not shown: it may hold a password.
        reason: String,
    },
}

impl DatabaseError {
    /// Where it happened.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Connect { origin, error } => Some(match error.location() {
                Some(location) => format!("{location}, from {origin}"),
                None => origin.to_string(),
            }),
            Self::NotUnicode => Some(Origin::Environment.to_string()),
            Self::DotEnv { path, .. } => Some(path.display().to_string()),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Connect { error, .. } => error.help(),
            Self::NotUnicode => Some("percent-encode the URL's other bytes".to_owned()),
            Self::DotEnv { .. } => Some(
                "write one `NAME=value` per line, with quotes around a value with spaces"
                    .to_owned(),
            ),
        }
    }

    /// Whether what was given is at fault, as opposed to what was found at the other end.
    #[must_use]
    pub fn is_bad_argument(&self) -> bool {
        match self {
            Self::Connect { error, .. } => error.is_bad_argument(),
            Self::NotUnicode | Self::DotEnv { .. } => true,
        }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect { error, .. } => error.fmt(formatter),
            Self::NotUnicode => formatter.write_str("DATABASE_URL is not valid Unicode"),
            Self::DotEnv { path, reason } => {
                write!(formatter, "cannot read `{}`: {reason}", path.display())
            }
        }
    }
}

impl error::Error for DatabaseError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            // Its message is this error's own.
            Self::Connect { error, .. } => error.source(),
            Self::NotUnicode | Self::DotEnv { .. } => None,
        }
    }
}
