//! The rows and values that go, counted before anything is done.

use std::fmt;

use schema_core::schema::QualifiedName;
use tokio_postgres::Client;

use crate::{
    diff::{Change, Diff, Renames, TableChange},
    error::{Error, PushError},
    introspect,
};

/// What a push would delete. Displays as `12 rows of table posts`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// A table goes.
    Rows {
        /// The table.
        table: QualifiedName,
        /// How many rows it has.
        count: i64,
    },
    /// A column goes.
    Values {
        /// The table.
        table: QualifiedName,
        /// The column.
        column: String,
        /// How many rows have a value in it.
        count: i64,
    },
}

impl Loss {
    /// How many rows or values.
    #[must_use]
    pub fn count(&self) -> i64 {
        match self {
            Self::Rows { count, .. } | Self::Values { count, .. } => *count,
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows { table, count: 1 } => write!(f, "1 row of table `{table}`"),
            Self::Rows { table, count } => write!(f, "{count} rows of table `{table}`"),
            Self::Values {
                table,
                column,
                count: 1,
            } => write!(f, "1 value of column `{table}.{column}`"),
            Self::Values {
                table,
                column,
                count,
            } => write!(f, "{count} values of column `{table}.{column}`"),
        }
    }
}

/// Counts what goes; tables and columns that hold nothing are left out.
pub(super) async fn count(
    client: &Client,
    diff: &Diff<'_>,
    renames: &Renames,
) -> Result<Vec<Loss>, Error> {
    let mut losses = Vec::new();
    for change in &diff.tables {
        match change {
            TableChange::Create(_) => {}
            TableChange::Drop(table) => {
                let table = table.name.clone();
                let count = ask(client, &table, None).await?;
                losses.push(Loss::Rows { table, count });
            }
            TableChange::Alter(alter) => {
                let table = &alter.table.next.name;
                let before = renames.previous_table(table);
                for change in &alter.columns {
                    let Change::Drop(column) = change else {
                        continue;
                    };
                    losses.push(Loss::Values {
                        count: ask(client, before, Some(&column.name)).await?,
                        column: column.name.clone(),
                        table: table.clone(),
                    });
                }
            }
        }
    }
    losses.retain(|loss| loss.count() > 0);
    Ok(losses)
}

async fn ask(
    client: &Client,
    table: &QualifiedName,
    column: Option<&str>,
) -> Result<i64, PushError> {
    let counted = introspect::count_values(client, table, column).await;
    counted.map_err(|source| PushError::Database {
        action: "count what would be lost",
        source,
    })
}
