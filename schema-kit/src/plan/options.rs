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

    /// What suits a schema that the plan begins with: online where it has tables.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::schema::Schema;
    /// use schema_kit::plan::PlanOptions;
    ///
    /// assert_eq!(PlanOptions::suited_to(&Schema::default()), PlanOptions::default());
    /// ```
    #[must_use]
    pub fn suited_to(previous: &Schema) -> Self {
        match previous.tables.is_empty() {
            true => Self::default(),
            false => Self::online(),
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
            lock: unless(!statement.transactional, self.timeouts.lock),
            statement: unless(takes_long && !blocks, self.timeouts.statement),
        };
        statement
    }
}
