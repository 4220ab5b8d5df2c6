//! Queries that give structs.
//!
//! The columns of a statement are known once it is prepared, so they are compared with the struct before the statement
//! runs: a `DELETE … RETURNING` that does not fit its struct deletes nothing.

use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_util::{Stream, TryStreamExt as _};
use postgres_types::ToSql;
use tokio_postgres::{GenericClient, RowStream, Statement};

use crate::{
    Error, FromRow,
    row::{MapBy, ReadPlan},
};

/// Runs a query and reads all its rows, by position.
///
/// # Errors
///
/// When the query fails, its columns are not the struct's, or a value cannot be read as its field's type.
///
/// # Examples
///
/// ```
/// use schema_core::{Error, Table, statement};
///
/// async fn newest<T: Table>(client: &tokio_postgres::Client, limit: i64) -> Result<Vec<T>, Error> {
///     let text = format!("{} ORDER BY id DESC LIMIT $1", statement::select_text::<T>());
///     statement::query_as::<T>(client, &text, &[&limit]).await
/// }
/// ```
pub async fn query_as<T: for<'r> FromRow<'r>>(
    client: &(impl GenericClient + Sync),
    query: &(impl Query + ?Sized),
    params: &[&(dyn ToSql + Sync)],
) -> Result<Vec<T>, Error> {
    query_stream_as(client, query, params)
        .await?
        .try_collect()
        .await
}

/// Runs a query and gives its rows one by one as they arrive, read by position.
///
/// # Errors
///
/// When the query fails or its columns are not the struct's; the stream's items, when a value cannot be read.
pub async fn query_stream_as<T: for<'r> FromRow<'r>>(
    client: &(impl GenericClient + Sync),
    query: &(impl Query + ?Sized),
    params: &[&(dyn ToSql + Sync)],
) -> Result<RowsAs<T>, Error> {
    let (statement, plan) = prepare::<T>(client, query).await?;
    let rows = client.query_raw(&statement, params.iter().copied()).await?;
    Ok(RowsAs {
        rows: Box::pin(rows),
        plan,
        target: PhantomData,
    })
}

/// Runs a query that gives exactly one row, and reads it by position.
///
/// # Errors
///
/// As [`query_as`], and when there is no row or more than one.
pub async fn query_one_as<T: for<'r> FromRow<'r>>(
    client: &(impl GenericClient + Sync),
    query: &(impl Query + ?Sized),
    params: &[&(dyn ToSql + Sync)],
) -> Result<T, Error> {
    let (statement, plan) = prepare::<T>(client, query).await?;
    plan.read(&client.query_one(&statement, params).await?)
}

/// Runs a query that gives at most one row, and reads it by position.
///
/// # Errors
///
/// As [`query_as`], and when there is more than one row.
pub async fn query_opt_as<T: for<'r> FromRow<'r>>(
    client: &(impl GenericClient + Sync),
    query: &(impl Query + ?Sized),
    params: &[&(dyn ToSql + Sync)],
) -> Result<Option<T>, Error> {
    let (statement, plan) = prepare::<T>(client, query).await?;
    let row = client.query_opt(&statement, params).await?;
    row.as_ref().map(|row| plan.read(row)).transpose()
}

async fn prepare<T: for<'r> FromRow<'r>>(
    client: &(impl GenericClient + Sync),
    query: &(impl Query + ?Sized),
) -> Result<(Statement, ReadPlan), Error> {
    let statement = query.prepare(client).await?;
    let plan = ReadPlan::check::<T>(statement.columns(), MapBy::Position)?;
    Ok((statement, plan))
}

/// What a query is given as: its text, or a statement prepared before.
pub trait Query: sealed::Sealed + Sync {
    /// The prepared statement.
    #[doc(hidden)]
    fn prepare(
        &self,
        client: &(impl GenericClient + Sync),
    ) -> impl Future<Output = Result<Statement, Error>> + Send;
}

impl Query for str {
    async fn prepare(&self, client: &(impl GenericClient + Sync)) -> Result<Statement, Error> {
        Ok(client.prepare(self).await?)
    }
}

impl Query for String {
    async fn prepare(&self, client: &(impl GenericClient + Sync)) -> Result<Statement, Error> {
        Ok(client.prepare(self).await?)
    }
}

impl Query for Statement {
    async fn prepare(&self, _: &(impl GenericClient + Sync)) -> Result<Statement, Error> {
        Ok(self.clone())
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for str {}
    impl Sealed for String {}
    impl Sealed for tokio_postgres::Statement {}
}

/// The rows of a running query, read as `T` as they arrive.
pub struct RowsAs<T> {
    /// Boxed for what `tokio_postgres` makes of its stream: one that must not move.
    rows: Pin<Box<RowStream>>,
    plan: ReadPlan,
    target: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for RowsAs<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RowsAs")
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}

impl<T: for<'r> FromRow<'r>> Stream for RowsAs<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let row = ready!(self.rows.as_mut().poll_next(cx));
        Poll::Ready(row.map(|row| self.plan.read(&row?)))
    }
}
