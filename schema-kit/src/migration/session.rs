//! What the runner must know of the server before it does anything, asked in one round trip with the lock.

use tokio_postgres::{Client, SimpleQueryMessage, SimpleQueryRow};

use super::{MigrationError, history::Presence};

/// The oldest supported server: 14, as `server_version_num` writes it.
const OLDEST: u32 = 140_000;

/// Facts about the connection.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) database: String,
    pub(super) user: String,
    pub(super) presence: Presence,
    /// The answer of the expression asked along with the facts.
    pub(super) answer: bool,
}

/// Reads the facts, and a boolean SQL expression of the caller's along with them.
pub(super) async fn inspect(client: &Client, expression: &str) -> Result<Session, MigrationError> {
    let sql = format!(
        "SELECT current_setting('server_version_num'), current_setting('server_version'), \
         current_database(), current_user, to_regnamespace('schema_kit') IS NOT NULL, \
         EXISTS (SELECT FROM pg_class WHERE relname = 'history' \
         AND relnamespace = to_regnamespace('schema_kit')), {expression}"
    );
    let failed = |source| MigrationError::Database {
        action: "ask the server for its version",
        source,
    };
    let messages = client.simple_query(&sql).await.map_err(failed)?;
    let row = messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    row.map_or(Err(MigrationError::NoAnswer), decode)
}

fn decode(row: &SimpleQueryRow) -> Result<Session, MigrationError> {
    let text = |index: usize| row.get(index).unwrap_or_default();
    let is_true = |index: usize| text(index) == "t";
    let number: u32 = text(0).parse().map_err(|_| MigrationError::NoAnswer)?;
    if number < OLDEST {
        return Err(MigrationError::ServerTooOld {
            version: text(1).to_owned(),
        });
    }
    Ok(Session {
        database: text(2).to_owned(),
        user: text(3).to_owned(),
        presence: match (is_true(4), is_true(5)) {
            (_, true) => Presence::Table,
            (true, false) => Presence::Namespace,
            (false, false) => Presence::Nothing,
        },
        answer: is_true(6),
    })
}
