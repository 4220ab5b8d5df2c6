//! How many rows or values there are.

use schema_core::schema::QualifiedName;
use tokio_postgres::Client;

use super::queries;

/// Counts the rows of a table, or those with a value in a column.
pub(crate) async fn count_values(
    client: &Client,
    table: &QualifiedName,
    column: Option<&str>,
) -> Result<i64, tokio_postgres::Error> {
    let row = client
        .query_one(&queries::count(table, column), &[])
        .await?;
    row.try_get(0)
}
