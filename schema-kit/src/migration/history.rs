//! The table of applied migrations, and the only place that reads or writes it.

use tokio_postgres::{Client, SimpleQueryMessage, SimpleQueryRow, Transaction};

use super::{Migration, MigrationError, Version};

/// The namespace that holds what the kit keeps in a database.
pub const HISTORY_NAMESPACE: &str = "schema_kit";

/// The table of applied migrations, in [`HISTORY_NAMESPACE`].
pub const HISTORY_TABLE: &str = "history";

const CREATE_NAMESPACE: &str = "CREATE SCHEMA schema_kit";

const CREATE_TABLE: &str = "\
CREATE TABLE schema_kit.history (
    version text PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL,
    execution_ms bigint NOT NULL,
    kit_version text NOT NULL
);
COMMENT ON TABLE schema_kit.history IS 'Migrations applied by schema-kit, one row each'";

const SELECT: &str = "\
SELECT version, name, checksum,
    to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), execution_ms, kit_version
FROM schema_kit.history";

const INSERT: &str = "\
INSERT INTO schema_kit.history (version, name, checksum, applied_at, execution_ms, kit_version)
VALUES ($1, $2, $3, clock_timestamp(), $4, $5)";

/// A row of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The migration's version.
    pub version: Version,
    /// Its name, without the version.
    pub name: String,
    /// The checksum of the SQL that ran.
    pub checksum: String,
    /// When it was done, in UTC: `2026-01-31T12:00:00Z`.
    pub applied_at: String,
    /// How long it ran, in milliseconds.
    pub execution_ms: i64,
    /// The version of the kit that ran it.
    pub kit_version: String,
}

/// What of the history exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Nothing,
    Namespace,
    Table,
}

/// Creates what is missing; the caller holds the lock.
pub(super) async fn create(
    client: &mut Client,
    presence: Presence,
) -> Result<(), tokio_postgres::Error> {
    // The namespace may have been made by an administrator for a role that may not make one.
    let sql = match presence {
        Presence::Nothing => format!("{CREATE_NAMESPACE};\n{CREATE_TABLE}"),
        Presence::Namespace => CREATE_TABLE.to_owned(),
        Presence::Table => return Ok(()),
    };
    let transaction = client.transaction().await?;
    transaction.batch_execute(&sql).await?;
    transaction.commit().await
}

/// Reads all rows, lowest version first, in one round trip.
pub(super) async fn read(client: &Client) -> Result<Vec<Applied>, MigrationError> {
    let failed = |source| MigrationError::Database {
        action: "read the history table",
        source,
    };
    let mut applied = Vec::new();
    for message in client.simple_query(SELECT).await.map_err(failed)? {
        if let SimpleQueryMessage::Row(row) = message {
            applied.push(decode(&row)?);
        }
    }
    applied.sort_by(|a, b| a.version.cmp(&b.version));
    Ok(applied)
}

fn decode(row: &SimpleQueryRow) -> Result<Applied, MigrationError> {
    let text = |index: usize| row.get(index).unwrap_or_default().to_owned();
    let version = text(0);
    match (Version::parse(&version), text(4).parse()) {
        (Some(version), Ok(execution_ms)) => Ok(Applied {
            version,
            name: text(1),
            checksum: text(2),
            applied_at: text(3),
            execution_ms,
            kit_version: text(5),
        }),
        _ => Err(MigrationError::UnknownHistory { version }),
    }
}

/// Records a migration in the transaction that ran it.
pub(super) async fn record(
    transaction: &Transaction<'_>,
    migration: &Migration,
    execution_ms: i64,
) -> Result<(), tokio_postgres::Error> {
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 5] = [
        &migration.version().as_str(),
        &migration.name(),
        &migration.up().checksum(),
        &execution_ms,
        &env!("CARGO_PKG_VERSION"),
    ];
    transaction.execute(INSERT, &parameters).await.map(|_| ())
}
