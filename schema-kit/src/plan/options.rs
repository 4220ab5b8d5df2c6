//! How a plan is made: for tables in use or not, and how long its statements may wait.

use std::time::Duration;

use schema_core::schema::Schema;

use super::{
    effect::Work,
    statement::{Statement, Timeouts},
};

/// Whether the tables that are there are in use while the plan runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Nobody uses them, or a pause does not matter: the fewest statements, which may all be one transaction.
    #[default]
    Offline,
    /// They are read and written: more statements, of which none that takes long keeps others waiting, where PostgreSQL
    /// has such a way.
    Online,
}

/// What somebody asks of a plan. What is not said follows from the schema that the plan begins with.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{QualifiedName, Schema, Table};
/// use schema_kit::plan::{Mode, PlanRequest};
///
/// let empty = Schema::default();
/// let users = Table::new(QualifiedName::new("public", "users"));
/// let filled = Schema { tables: vec![users], ..Schema::default() };
///
/// let nothing_said = PlanRequest::default();
/// assert_eq!(nothing_said.options(&empty).mode, Mode::Offline);
/// assert_eq!(nothing_said.options(&filled).mode, Mode::Online);
/// assert_eq!(PlanRequest::offline().options(&filled).mode, Mode::Offline);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PlanRequest {
    /// Whether tables are in use; so they are where there are any.
    pub mode: Option<Mode>,
    /// How long statements may wait and run, instead of what is usual in the mode.
    pub timeouts: Timeouts,
}

impl PlanRequest {
    /// For tables that nobody uses.
    #[must_use]
    pub fn offline() -> Self {
        Self {
            mode: Some(Mode::Offline),
            ..Self::default()
        }
    }

    /// The options of a plan that begins with this schema.
    #[must_use]
    pub fn options(&self, previous: &Schema) -> PlanOptions {
        let usual = match previous.tables.is_empty() {
            true => Mode::Offline,
            false => Mode::Online,
        };
        let mut options = match self.mode.unwrap_or(usual) {
            Mode::Offline => PlanOptions::default(),
            Mode::Online => PlanOptions::online(),
        };
        let timeouts = &mut options.timeouts;
        timeouts.lock = self.timeouts.lock.or(timeouts.lock);
        timeouts.statement = self.timeouts.statement.or(timeouts.statement);
        options
    }
}

/// How a plan is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PlanOptions {
    /// Whether tables are in use.
    pub mode: Mode,
    /// How long a statement may wait for a lock, and how long it may run where it keeps others waiting or has nothing to do
    /// with rows. A statement that blocks nobody (`CREATE INDEX CONCURRENTLY`, `VALIDATE CONSTRAINT`) runs as long as it
    /// takes.
    pub timeouts: Timeouts,
    /// The server's `server_version_num`, such as `180000`, where it is known: a newer server has more ways.
    pub server_version: Option<u32>,
}

impl PlanOptions {
    /// How long an online plan's statement waits for a lock, where nothing else is said.
    pub const LOCK_TIMEOUT: Duration = Duration::from_secs(3);

    /// How long an online plan's statement runs while others wait for it, where nothing else is said.
    pub const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

    /// For tables in use, with the timeouts above.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::plan::{Mode, PlanOptions};
    ///
    /// let options = PlanOptions::online();
    /// assert_eq!(options.mode, Mode::Online);
    /// assert_eq!(options.timeouts.lock, Some(PlanOptions::LOCK_TIMEOUT));
    /// ```
    #[must_use]
    pub fn online() -> Self {
        Self {
            mode: Mode::Online,
            timeouts: Timeouts {
                lock: Some(Self::LOCK_TIMEOUT),
                statement: Some(Self::STATEMENT_TIMEOUT),
            },
            server_version: None,
        }
    }

    /// A statement with its timeouts.
    pub(super) fn timed(&self, mut statement: Statement) -> Statement {
        let works = |it: &super::Effect| it.work != Work::Nothing;
        let blocks = statement.effects.iter().any(|it| it.lock.blocks_writes());
        let takes_long = statement.effects.iter().any(works) || !statement.transactional;
        let unless = |free: bool, timeout: Option<Duration>| match free {
            true => timeout.map(|_| Duration::ZERO),
            false => timeout,
        };
        statement.timeouts = Timeouts {
            // It waits for transactions to end, and nobody waits behind it.
            lock: unless(!statement.transactional && !blocks, self.timeouts.lock),
            statement: unless(takes_long && !blocks, self.timeouts.statement),
        };
        statement
    }
}
