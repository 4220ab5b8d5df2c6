//! The advisory lock that lets one runner work at a time.
//!
//! It is tried and polled, never waited for inside a statement: a backend blocked in `pg_advisory_lock` holds a
//! snapshot, and another runner's `CREATE INDEX CONCURRENTLY` would wait for it forever. Advisory locks belong to one
//! database, so the key stands for the history table alone
//! ([explicit locking](https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS)).
//!
//! The lock is the session's. Behind a pooler that hands a session from client to client, transaction by transaction,
//! it would be somebody else's a moment later. So the lock is taken only in the server process that answered before, and
//! not where that process has it already; and every transaction of a migration looks first whether it has the lock.

use std::{
    fmt,
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};
use tokio_postgres::Client;

use super::{
    Event, HISTORY_NAMESPACE, HISTORY_TABLE, MigrationError, Options,
    session::{self, Session, ask, text},
};

/// The first pause between two tries; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// How often a lock is looked for that was left in another server process of a pooler.
const RELEASE_TRIES: usize = 16;

/// Who holds the lock that this runner waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockHolder {
    /// The process id of its server process.
    pub pid: String,
    /// Its role.
    pub user: String,
    /// Its `application_name`.
    pub application: String,
    /// Its host; empty for one connected by a unix socket, and where this role may not see it.
    pub address: String,
    /// Since when it is connected, in UTC: `2026-01-31T12:00:00Z`; empty where this role may not see it.
    pub since: String,
}

impl fmt::Display for LockHolder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "server process {}", self.pid)?;
        for (label, value) in [
            ("user", &self.user),
            ("application", &self.application),
            ("host", &self.address),
            ("connected since", &self.since),
        ] {
            if !value.is_empty() {
                write!(formatter, ", {label} {value}")?;
            }
        }
        Ok(())
    }
}

/// Takes the lock, waiting for it as long as the options allow.
pub(super) async fn acquire(
    client: &Client,
    session: &Session,
    options: &Options,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<(), MigrationError> {
    // CASE keeps the order of its conditions, so the lock is tried last.
    let sql = format!(
        "SELECT CASE WHEN pg_backend_pid() <> {} OR {} THEN 'pooled' \
         WHEN pg_try_advisory_lock({}) THEN 'taken' ELSE 'busy' END",
        session.pid,
        holds(),
        key()
    );
    let failed = |source| MigrationError::Database {
        action: "take the lock",
        source,
    };
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        let rows = ask(client, &sql).await.map_err(failed)?;
        match rows.first().map(|row| text(row, 0)) {
            Some("taken") => return Ok(()),
            Some("busy") => {}
            _ => return Err(pooled(session, None)),
        }
        let holder = find_holder(client).await?;
        let waited = started.elapsed();
        if waited >= options.lock_wait {
            return Err(MigrationError::Locked {
                database: session.database.clone(),
                waited,
                holder: holder.map(Box::new),
            });
        }
        observe(Event::Waiting {
            holder: holder.as_ref(),
            waited,
        });
        tokio::time::sleep(pause.min(options.lock_wait - waited)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Gives the lock back. Behind a pooler it is looked for a few times, since another process may answer.
pub(super) async fn release(client: &Client, session: &Session) -> Result<(), MigrationError> {
    let failed = |source| MigrationError::Database {
        action: "release the lock",
        source,
    };
    let sql = format!(
        "SELECT CASE WHEN {} THEN pg_advisory_unlock({}) ELSE false END",
        holds(),
        key()
    );
    for tried in 0..RELEASE_TRIES {
        let rows = ask(client, &sql).await.map_err(failed)?;
        if rows.first().is_some_and(|row| text(row, 0) == "t") {
            return match tried {
                0 => Ok(()),
                _ => Err(pooled(session, None)),
            };
        }
    }
    Err(pooled(session, Some(session.pid)))
}

/// The error of a session that is not this runner's alone; `kept_by` is the process that keeps the lock.
pub(super) fn pooled(session: &Session, kept_by: Option<i32>) -> MigrationError {
    MigrationError::Pooled {
        database: session.database.clone(),
        kept_by,
    }
}

/// The condition that the process that answers holds the lock.
pub(super) fn holds() -> String {
    format!(
        "EXISTS (SELECT FROM pg_locks AS l WHERE l.pid = pg_backend_pid() AND {})",
        matches()
    )
}

/// The condition that a row of `pg_locks` is this lock, held: a key of 64 bits shows as two halves, and `objsubid` 1 says
/// that it is one.
fn matches() -> String {
    format!(
        "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND (l.classid::bigint << 32) | l.objid::bigint = {}",
        key()
    )
}

/// The lock's key: the first eight bytes of the hash of what it stands for.
fn key() -> i64 {
    let name = format!("schema-kit migrations {HISTORY_NAMESPACE}.{HISTORY_TABLE}");
    let hash = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(bytes)
}

/// Looks for the session that holds the lock; it may be gone by now.
async fn find_holder(client: &Client) -> Result<Option<LockHolder>, MigrationError> {
    let sql = format!(
        "SELECT a.pid, a.usename, a.application_name, a.client_addr, \
         to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') \
         FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid) \
         WHERE a.datname = current_database() AND {}",
        matches()
    );
    let failed = |source| MigrationError::Database {
        action: "look for the lock's holder",
        source,
    };
    let rows = session::ask(client, &sql).await.map_err(failed)?;
    Ok(rows.first().map(|row| {
        let text = |index: usize| text(row, index).to_owned();
        LockHolder {
            pid: text(0),
            user: text(1),
            application: text(2),
            address: text(3),
            since: text(4),
        }
    }))
}
