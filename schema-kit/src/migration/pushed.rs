//! The table that keeps what `push` made, in the kit's own namespace.

use tokio_postgres::Client;

const IS_THERE: &str = "SELECT to_regclass('schema_kit.pushed') IS NOT NULL";

const SELECT: &str = "SELECT snapshot FROM schema_kit.pushed";

const CREATE: &str = "\
CREATE SCHEMA IF NOT EXISTS schema_kit;
CREATE TABLE IF NOT EXISTS schema_kit.pushed (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    snapshot text NOT NULL,
    pushed_at timestamptz NOT NULL DEFAULT clock_timestamp()
)";

const WRITE: &str = "\
INSERT INTO schema_kit.pushed (snapshot) VALUES ($1)
ON CONFLICT (only_row) DO UPDATE SET snapshot = excluded.snapshot, pushed_at = excluded.pushed_at";

/// Reads the snapshot of the last push.
pub(crate) async fn read_pushed(client: &Client) -> Result<Option<String>, tokio_postgres::Error> {
    if !client.query_one(IS_THERE, &[]).await?.try_get(0)? {
        return Ok(None);
    }
    let row = client.query_opt(SELECT, &[]).await?;
    row.map(|row| row.try_get(0)).transpose()
}

/// Keeps the snapshot of a push.
pub(crate) async fn write_pushed(
    client: &mut Client,
    snapshot: &str,
) -> Result<(), tokio_postgres::Error> {
    let transaction = client.transaction().await?;
    transaction.batch_execute(CREATE).await?;
    transaction.execute(WRITE, &[&snapshot]).await?;
    transaction.commit().await
}
