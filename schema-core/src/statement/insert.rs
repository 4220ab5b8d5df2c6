//! Writing structs into their tables.

use std::pin::pin;

use tokio_postgres::{GenericClient, Statement, binary_copy::BinaryCopyInWriter};

use super::text::{copy_text, insert_rows_text, insert_text, written_columns};
use crate::{Error, Table, error::RowError, row::Param};

/// The most parameters a statement can have: their number is a 16-bit integer in the
/// [Bind message](https://www.postgresql.org/docs/current/protocol-message-formats.html).
const MAX_PARAMS: usize = 65_535;

/// Inserts one row and gives the number of rows written: 1, or 0 where a trigger left it out.
///
/// All columns are written, those with a `DEFAULT` too; only generated and `identity = always` columns are left to the
/// server. For many single rows prepare [`insert_text`] once and execute it with [`Table::params`].
///
/// # Errors
///
/// When the server refuses the row.
///
/// # Examples
///
/// ```
/// use schema_core::{Error, Table, statement};
///
/// async fn save<T: Table + Sync>(client: &tokio_postgres::Client, row: &T) -> Result<(), Error> {
///     statement::insert(client, row).await?;
///     Ok(())
/// }
/// ```
pub async fn insert<T: Table>(client: &(impl GenericClient + Sync), row: &T) -> Result<u64, Error> {
    let text = insert_text::<T>();
    Ok(client.execute_raw(&text, params_of(row)?).await?)
}

/// Inserts any number of rows, all or none, and gives the number of rows written.
///
/// The rows go over by binary `COPY`, which is one statement for any number of rows. Tables with row level security take no `COPY`; their rows go in statements of up to 65,535
/// parameters, and only there does all or none need a transaction around it.
///
/// # Errors
///
/// When the server refuses a row.
///
/// # Examples
///
/// ```
/// use schema_core::{Error, Table, statement};
///
/// async fn save<T: Table + Sync>(client: &tokio_postgres::Client, rows: &[T]) -> Result<u64, Error> {
///     statement::insert_all(client, rows).await
/// }
/// ```
pub async fn insert_all<T: Table>(
    client: &(impl GenericClient + Sync),
    rows: &[T],
) -> Result<u64, Error> {
    let width = written_columns(T::TABLE).len();
    match rows {
        [] => Ok(0),
        [row] => insert(client, row).await,
        _ if width == 0 => insert_chunks(client, rows, 1).await,
        _ if T::TABLE.row_level_security => insert_chunks(client, rows, MAX_PARAMS / width).await,
        _ => copy(client, rows).await,
    }
}

async fn copy<T: Table>(client: &(impl GenericClient + Sync), rows: &[T]) -> Result<u64, Error> {
    // COPY tells no types; those of the same columns in an INSERT do.
    let insert = client.prepare(&insert_text::<T>()).await?;
    let sink = client.client().copy_in(&copy_text(T::TABLE)).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, insert.params()));
    for row in rows {
        writer.as_mut().write_raw(params_of(row)?).await?;
    }
    Ok(writer.finish().await?)
}

async fn insert_chunks<T: Table>(
    client: &(impl GenericClient + Sync),
    rows: &[T],
    chunk_rows: usize,
) -> Result<u64, Error> {
    let mut statement: Option<(usize, Statement)> = None;
    let mut written = 0;
    for chunk in rows.chunks(chunk_rows) {
        let prepared = match &statement {
            Some((rows, prepared)) if *rows == chunk.len() => prepared,
            _ => {
                let text = insert_rows_text(T::TABLE, chunk.len());
                &statement
                    .insert((chunk.len(), client.prepare(&text).await?))
                    .1
            }
        };
        let mut params = Vec::with_capacity(prepared.params().len());
        for row in chunk {
            params.extend(params_of(row)?);
        }
        written += client.execute_raw(prepared, params).await?;
    }
    Ok(written)
}

/// The row's values, as many as there are columns: with another number `tokio_postgres` would panic.
fn params_of<T: Table>(row: &T) -> Result<Vec<Param<'_>>, Error> {
    let params = row.params();
    let expected = written_columns(T::TABLE).len();
    if params.len() == expected {
        return Ok(params);
    }
    Err(RowError::ParamCount {
        table: T::TABLE.name.name,
        expected,
        found: params.len(),
    }
    .into())
}
