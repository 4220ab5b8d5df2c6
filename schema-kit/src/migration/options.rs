//! How to run migrations.

use std::time::Duration;

use super::{State, Version};

/// How long a statement waits for a lock before the runner steps back, by default.
const LOCK_TIMEOUT: Duration = Duration::from_secs(3);

/// How often a part is tried again, by default.
const RETRIES: u32 = 10;

/// The longest pause between two tries of a part.
const LONGEST_RETRY_PAUSE: Duration = Duration::from_secs(30);

/// How to run migrations.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use schema_kit::migration::Options;
///
/// let options = Options::default().lock_wait(Duration::ZERO).lock_timeout(None);
/// assert_eq!((options.lock_wait, options.lock_timeout), (Duration::ZERO, None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// How long to wait for another runner; by default 60 seconds.
    pub lock_wait: Duration,
    /// How long a statement may wait for a lock, and so keep everybody who comes after it waiting; by default 3 seconds.
    /// `None` leaves what the role or the server has set. A file's own `SET lock_timeout` wins. Building, dropping and
    /// rebuilding an index concurrently are not limited: they keep nobody waiting.
    pub lock_timeout: Option<Duration>,
    /// How long a statement may run; by default what the role or the server has set. A file's own `SET` wins.
    pub statement_timeout: Option<Duration>,
    /// How often a part is tried again that failed because of a lock, a timeout, a deadlock or a serialization failure;
    /// by default 10 times, which with the pauses between is about two and a half minutes.
    pub retries: u32,
    /// The first pause before a part is tried again, by default half a second; each is twice the one before, up to 30
    /// seconds.
    pub retry_pause: Duration,
    /// The last version to apply; by default all.
    pub to: Option<Version>,
    /// How migrations are distributed over transactions.
    pub transactions: Transactions,
    /// The states that do not keep the runner from working: [`State::OutOfOrder`] and [`State::Missing`] can be allowed.
    pub allowed: Vec<State>,
}

/// How migrations are distributed over transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transactions {
    /// One for each migration.
    #[default]
    Each,
    /// One for all: either all of them are applied or none. Refused where one of them has more than one part.
    Single,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lock_wait: Duration::from_secs(60),
            lock_timeout: Some(LOCK_TIMEOUT),
            statement_timeout: None,
            retries: RETRIES,
            retry_pause: Duration::from_millis(500),
            to: None,
            transactions: Transactions::Each,
            allowed: Vec::new(),
        }
    }
}

impl Options {
    /// Waits at most this long for another runner.
    #[must_use]
    pub fn lock_wait(mut self, limit: Duration) -> Self {
        self.lock_wait = limit;
        self
    }

    /// Limits how long a statement waits for a lock; zero is no limit.
    #[must_use]
    pub fn lock_timeout(mut self, limit: Option<Duration>) -> Self {
        self.lock_timeout = limit;
        self
    }

    /// Limits how long a statement runs; zero is no limit.
    #[must_use]
    pub fn statement_timeout(mut self, limit: Option<Duration>) -> Self {
        self.statement_timeout = limit;
        self
    }

    /// Tries a part again so often, after a first pause of this length.
    #[must_use]
    pub fn retry(mut self, retries: u32, pause: Duration) -> Self {
        self.retries = retries;
        self.retry_pause = pause;
        self
    }

    /// Applies no version above this one.
    #[must_use]
    pub fn to(mut self, version: Option<Version>) -> Self {
        self.to = version;
        self
    }

    /// Distributes migrations over transactions.
    #[must_use]
    pub fn transactions(mut self, transactions: Transactions) -> Self {
        self.transactions = transactions;
        self
    }

    /// Works although migrations are in this state: those out of order are applied, those missing left as they are.
    /// Every other state stays what it is.
    #[must_use]
    pub fn allow(mut self, state: State) -> Self {
        if matches!(state, State::OutOfOrder | State::Missing) {
            self.allowed.push(state);
        }
        self
    }

    /// The pause before a try, counted from 1 for the first repetition.
    pub(super) fn pause(&self, retry: u32) -> Duration {
        let doubled = self.retry_pause.saturating_mul(1 << (retry - 1).min(16));
        doubled.min(LONGEST_RETRY_PAUSE.max(self.retry_pause))
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Options, State};

    #[test]
    fn pauses_double_up_to_a_limit() {
        let options = Options::default();
        let pauses = [1, 2, 3, 7, 10].map(|retry| options.pause(retry).as_millis());
        assert_eq!(pauses, [500, 1000, 2000, 30_000, 30_000]);
        let total: Duration = (1..=options.retries)
            .map(|retry| options.pause(retry))
            .sum();
        assert_eq!(total, Duration::from_millis(151_500));
    }

    #[test]
    fn an_edited_migration_cannot_be_allowed() {
        let options = Options::default()
            .allow(State::Diverged)
            .allow(State::Missing);
        assert_eq!(options.allowed, [State::Missing]);
    }
}
