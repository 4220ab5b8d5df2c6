//! Questions to the server, and what the runner must know of it before it does anything.

use tokio_postgres::{Client, SimpleQueryMessage, SimpleQueryRow};

use super::{MigrationError, history::Presence};

/// The oldest supported server: 14, as `server_version_num` writes it.
const OLDEST: u32 = 140_000;

/// Undoes what a migration set for its session, so that it reaches neither the history nor the next migration.
pub(super) const RESET: &str = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL";

/// Facts about the connection.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) database: String,
    pub(super) user: String,
    pub(super) presence: Presence,
    /// The server process that answered.
    pub(super) pid: i32,
}

/// Reads the facts.
pub(super) async fn inspect(client: &Client) -> Result<Session, MigrationError> {
    let sql = "SELECT current_setting('server_version_num'), current_setting('server_version'), \
               current_database(), current_user, to_regnamespace('schema_kit') IS NOT NULL, \
               EXISTS (SELECT FROM pg_class WHERE relname = 'history' \
               AND relnamespace = to_regnamespace('schema_kit')), pg_backend_pid()";
    let failed = |source| MigrationError::Database {
        action: "ask the server for its version",
        source,
    };
    let rows = ask(client, sql).await.map_err(failed)?;
    rows.first().map_or(Err(MigrationError::NoAnswer), decode)
}

fn decode(row: &SimpleQueryRow) -> Result<Session, MigrationError> {
    let is_true = |index: usize| text(row, index) == "t";
    let number: u32 = text(row, 0).parse().map_err(|_| MigrationError::NoAnswer)?;
    if number < OLDEST {
        return Err(MigrationError::ServerTooOld {
            version: text(row, 1).to_owned(),
        });
    }
    Ok(Session {
        database: text(row, 2).to_owned(),
        user: text(row, 3).to_owned(),
        presence: match (is_true(4), is_true(5)) {
            (_, true) => Presence::Table,
            (true, false) => Presence::Namespace,
            (false, false) => Presence::Nothing,
        },
        pid: text(row, 6).parse().map_err(|_| MigrationError::NoAnswer)?,
    })
}

/// The rows of one or more statements, in one round trip.
pub(super) async fn ask(
    client: &Client,
    sql: &str,
) -> Result<Vec<SimpleQueryRow>, tokio_postgres::Error> {
    let messages = client.simple_query(sql).await?;
    let rows = messages.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    Ok(rows.collect())
}

/// How many rows the last of one or more statements changed.
pub(super) async fn change(client: &Client, sql: &str) -> Result<u64, tokio_postgres::Error> {
    let messages = client.simple_query(sql).await?;
    let counts = messages.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::CommandComplete(count) => Some(count),
        _ => None,
    });
    Ok(counts.last().unwrap_or(0))
}

/// A value as text; empty where it is NULL.
pub(super) fn text(row: &SimpleQueryRow, index: usize) -> &str {
    row.get(index).unwrap_or_default()
}
