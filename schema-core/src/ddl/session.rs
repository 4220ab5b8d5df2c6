//! Statements about the session that runs others: how long it waits, and what is one transaction.

use std::time::Duration;

/// How long a session waits, each a setting of the server
/// ([client connection defaults](https://www.postgresql.org/docs/current/runtime-config-client.html)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Timeout {
    /// For a lock.
    Lock,
    /// For a statement to end.
    Statement,
}

impl Timeout {
    fn setting(self) -> &'static str {
        match self {
            Self::Lock => "lock_timeout",
            Self::Statement => "statement_timeout",
        }
    }
}

/// Renders `SET` of a timeout, in the largest unit that says it exactly; a duration of zero is no timeout. What is less
/// than a millisecond is one, for the server would take zero for none.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use schema_core::ddl::{Timeout, set_timeout};
///
/// assert_eq!(set_timeout(Timeout::Lock, Duration::from_millis(2500)), "SET lock_timeout = '2500ms'");
/// assert_eq!(set_timeout(Timeout::Statement, Duration::from_secs(30)), "SET statement_timeout = '30s'");
/// assert_eq!(set_timeout(Timeout::Statement, Duration::ZERO), "SET statement_timeout = 0");
/// ```
#[must_use]
pub fn set_timeout(timeout: Timeout, duration: Duration) -> String {
    let milliseconds = match duration.as_millis() {
        0 if !duration.is_zero() => 1,
        milliseconds => milliseconds,
    };
    let value = match milliseconds {
        0 => "0".to_owned(),
        whole if whole % 1000 == 0 => format!("'{}s'", whole / 1000),
        part => format!("'{part}ms'"),
    };
    format!("SET {} = {value}", timeout.setting())
}

/// Renders `RESET` of a timeout: back to what the session began with.
#[must_use]
pub fn reset_timeout(timeout: Timeout) -> String {
    format!("RESET {}", timeout.setting())
}

/// Renders `BEGIN`.
#[must_use]
pub fn begin() -> &'static str {
    "BEGIN"
}

/// Renders `COMMIT`.
#[must_use]
pub fn commit() -> &'static str {
    "COMMIT"
}
