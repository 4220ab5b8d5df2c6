//! How large tables are, as far as the server knows without looking at them.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::QualifiedName;
use tokio_postgres::GenericClient;

use super::{IntrospectError, queries};

/// How large a table, a partition or a materialized view is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSize {
    /// About how many rows it has
    /// ([`pg_class.reltuples`](https://www.postgresql.org/docs/current/catalog-pg-class.html)), where it was ever counted.
    pub rows: Option<u64>,
    /// The bytes of its rows on disk, those of its indexes not among them (`pg_table_size`).
    pub bytes: u64,
}

impl TableSize {
    /// A size.
    #[must_use]
    pub fn new(rows: Option<u64>, bytes: u64) -> Self {
        Self { rows, bytes }
    }
}

/// Asks how large tables are, in one query. What is not there is left out.
///
/// # Errors
///
/// When the server does not answer.
///
/// # Examples
///
/// ```no_run
/// # async fn example(client: tokio_postgres::Client) -> Result<(), schema_kit::IntrospectError> {
/// use schema_core::schema::QualifiedName;
/// use schema_kit::introspect::sizes;
///
/// let users = QualifiedName::new("public", "users");
/// let sizes = sizes(&client, &[users.clone()].into()).await?;
/// println!("{} bytes", sizes[&users].bytes);
/// # Ok(())
/// # }
/// ```
pub async fn sizes(
    client: &impl GenericClient,
    tables: &BTreeSet<QualifiedName>,
) -> Result<BTreeMap<QualifiedName, TableSize>, IntrospectError> {
    let namespaces: Vec<&str> = tables.iter().map(|it| it.namespace.as_str()).collect();
    let names: Vec<&str> = tables.iter().map(|it| it.name.as_str()).collect();
    let rows = client.query(queries::SIZES, &[&namespaces, &names]).await;
    let rows = rows.map_err(|source| IntrospectError::Query {
        what: "tables' sizes",
        source,
    })?;
    let mut sizes = BTreeMap::new();
    for row in rows {
        let get = |at: usize| row.try_get::<_, String>(at);
        let name = (get(0), get(1));
        let size = (row.try_get::<_, Option<i64>>(2), row.try_get::<_, i64>(3));
        let ((Ok(namespace), Ok(name)), (Ok(rows), Ok(bytes))) = (name, size) else {
            return Err(IntrospectError::Decode {
                what: "tables' sizes",
                reason: "they are no numbers".to_owned(),
            });
        };
        let rows = rows.and_then(|rows| u64::try_from(rows).ok());
        let bytes = u64::try_from(bytes).unwrap_or(0);
        let size = TableSize::new(rows, bytes);
        sizes.insert(QualifiedName::new(namespace, name), size);
    }
    Ok(sizes)
}
