//! The advisory lock that lets one runner work at a time.
//!
//! It is tried and polled, never waited for inside a statement: a backend blocked in `pg_advisory_lock` holds a
//! snapshot, and another runner's `CREATE INDEX CONCURRENTLY` would wait for it forever. Advisory locks belong to one
//! database, so the key stands for the history table alone
//! ([explicit locking](https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS)).

use std::{
    fmt,
    time::{Duration, Instant},
};

use sha2::{Digest, Sha256};
use tokio_postgres::{Client, SimpleQueryMessage};

use super::{
    Event, HISTORY_NAMESPACE, HISTORY_TABLE, MigrationError, Options,
    session::{self, Session},
};

/// The first pause between two tries; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

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
}

impl fmt::Display for LockHolder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "server process {}", self.pid)?;
        for (label, value) in [
            ("user", &self.user),
            ("application", &self.application),
            ("host", &self.address),
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
    options: &Options,
    observe: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Session, MigrationError> {
    let expression = format!("pg_try_advisory_lock({})", key());
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        let session = session::inspect(client, &expression).await?;
        if session.answer {
            return Ok(session);
        }
        let holder = find_holder(client).await?;
        let waited = started.elapsed();
        if waited >= options.lock_wait {
            return Err(MigrationError::Locked {
                database: session.database,
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

/// Gives the lock back.
pub(super) async fn release(client: &Client) -> Result<(), tokio_postgres::Error> {
    client
        .batch_execute(&format!("SELECT pg_advisory_unlock({})", key()))
        .await
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
    // pg_locks shows a key of 64 bits as two halves, and `objsubid` 1 says that it is one.
    let sql = format!(
        "SELECT a.pid, a.usename, a.application_name, a.client_addr \
         FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid) \
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND a.datname = current_database() \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND (l.classid::bigint << 32) | l.objid::bigint = {}",
        key()
    );
    let failed = |source| MigrationError::Database {
        action: "look for the lock's holder",
        source,
    };
    let messages = client.simple_query(&sql).await.map_err(failed)?;
    Ok(messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => {
            let text = |index: usize| row.get(index).unwrap_or_default().to_owned();
            Some(LockHolder {
                pid: text(0),
                user: text(1),
                application: text(2),
                address: text(3),
            })
        }
        _ => None,
    }))
}
