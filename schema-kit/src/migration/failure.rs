//! Why a part was not done, and whether it may be a moment later.

use std::time::Duration;

use tokio_postgres::error::{Severity, SqlState};

use super::{MigrationError, Options};

/// Why a part was not done.
pub(super) enum Failure {
    /// A statement of it failed: its place in the part, and how long it ran.
    Statement(usize, Duration, tokio_postgres::Error),
    /// Its transaction, or its row.
    Transaction(tokio_postgres::Error),
    Other(MigrationError),
}

impl Failure {
    pub(super) fn source(&self) -> Option<&tokio_postgres::Error> {
        match self {
            Self::Statement(_, _, source) | Self::Transaction(source) => Some(source),
            Self::Other(_) => None,
        }
    }

    /// Whether the connection is gone, by itself or with a last word of the server's.
    pub(super) fn is_lost(&self) -> bool {
        self.source().is_some_and(|source| {
            let severity = source
                .as_db_error()
                .and_then(|error| error.parsed_severity());
            source.code().is_none() || matches!(severity, Some(Severity::Fatal | Severity::Panic))
        })
    }

    /// The server's answer, where the same part may succeed a moment later. A cancel by hand is somebody's will, and is
    /// told from a timeout by the server's words, or where they are in another language by the time it took.
    pub(super) fn retryable(&self, options: &Options) -> Option<&tokio_postgres::Error> {
        let source = self.source()?;
        let code = source.code()?;
        let is_momentary = [
            SqlState::LOCK_NOT_AVAILABLE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::T_R_SERIALIZATION_FAILURE,
        ]
        .contains(code);
        let is_timeout = *code == SqlState::QUERY_CANCELED && {
            let message = source.as_db_error().map(|error| error.message());
            let is_long = match (self, options.statement_timeout) {
                (Self::Statement(_, elapsed, _), Some(limit)) => *elapsed >= limit,
                _ => false,
            };
            is_long || message.is_some_and(|message| message.contains("statement timeout"))
        };
        (is_momentary || is_timeout).then_some(source)
    }
}
