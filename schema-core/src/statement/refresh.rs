//! Refreshing materialized views
//! ([`REFRESH MATERIALIZED VIEW`](https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html)).

use tokio_postgres::GenericClient;

use super::text::quote_table;
use crate::{
    Error,
    view::{Materialized, RefreshedConcurrently},
};

/// Runs a materialized view's query again and keeps its rows. Until that is done, nobody else can read the view.
///
/// # Errors
///
/// When the server refuses it.
///
/// # Examples
///
/// ```
/// use schema_core::{Error, statement, view::Materialized};
///
/// async fn every_hour<V: Materialized>(client: &tokio_postgres::Client) -> Result<(), Error> {
///     statement::refresh::<V>(client).await
/// }
/// ```
pub async fn refresh<V: Materialized>(client: &(impl GenericClient + Sync)) -> Result<(), Error> {
    Ok(client.batch_execute(&refresh_text::<V>()).await?)
}

/// Runs a materialized view's query again while others read the rows it had before. It takes longer, and the view must
/// have rows already: one made with `with_no_data` is refreshed by [`refresh`] first.
///
/// A view without a unique index over columns that holds every row is refused by the compiler.
///
/// # Errors
///
/// When the server refuses it.
pub async fn refresh_concurrently<V: RefreshedConcurrently>(
    client: &(impl GenericClient + Sync),
) -> Result<(), Error> {
    Ok(client
        .batch_execute(&refresh_concurrently_text::<V>())
        .await?)
}

/// `REFRESH MATERIALIZED VIEW`.
#[must_use]
pub fn refresh_text<V: Materialized>() -> String {
    format!(
        "REFRESH MATERIALIZED VIEW {}",
        quote_table(&V::VIEW.relation.name)
    )
}

/// `REFRESH MATERIALIZED VIEW CONCURRENTLY`.
#[must_use]
pub fn refresh_concurrently_text<V: RefreshedConcurrently>() -> String {
    format!(
        "REFRESH MATERIALIZED VIEW CONCURRENTLY {}",
        quote_table(&V::VIEW.relation.name)
    )
}
