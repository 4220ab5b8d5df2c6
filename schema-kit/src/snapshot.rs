//! A [`Schema`] as text that is kept beside a migration, and back.
//!
//! The text is JSON that merges well: one fact to a line, keys sorted, what has a name stands under it and not in a list,
//! and what has its usual value is left out. A namespace and a name lead to each table and type; columns are a list, since
//! their order is a fact.
//!
//! ```json
//! {
//!   "format": 1,
//!   "schema": {
//!     "tables": {
//!       "public": {
//!         "users": {
//!           "columns": [
//!             {
//!               "name": "id",
//!               "sql_type": "bigint"
//!             }
//!           ]
//!         }
//!       }
//!     }
//!   }
//! }
//! ```

mod error;
mod fact;
mod kept;
mod merge;
mod privilege;
mod record;

use schema_core::schema::Schema;
use serde_json::{Map, Value};

use self::fact::{Fact, Place};
pub use self::{
    error::SnapshotError,
    kept::Snapshot,
    merge::{MergeConflict, merge},
};
use crate::normalize;

/// The version of the form that [`render`] writes; [`parse`] reads it and all before it.
pub const FORMAT: u64 = 1;

/// Renders a schema as a snapshot; what has no order of its own comes in the order of names.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Extension, Schema};
/// use schema_kit::snapshot;
///
/// let schema = Schema { extensions: vec![Extension::new("citext")], ..Schema::default() };
/// let text = snapshot::render(&schema);
/// assert_eq!(snapshot::parse(&text)?, schema);
/// # Ok::<(), schema_kit::SnapshotError>(())
/// ```
#[must_use]
pub fn render(schema: &Schema) -> String {
    let mut snapshot = Map::new();
    snapshot.insert("format".to_owned(), FORMAT.into());
    let mut schema = schema.write().unwrap_or(Value::Object(Map::new()));
    fact::sort(&mut schema);
    snapshot.insert("schema".to_owned(), schema);
    fact::text(&Value::Object(snapshot))
}

/// Reads a snapshot; the schema comes sorted by name.
///
/// # Errors
///
/// Text that is no JSON or no snapshot, one of a newer form, and facts that are missing, unknown or of another kind than
/// they should be; each with where it is.
///
/// # Examples
///
/// ```
/// use schema_kit::{SnapshotError, snapshot};
///
/// let error = snapshot::parse(r#"{"format": 99}"#).unwrap_err();
/// assert!(matches!(error, SnapshotError::TooNew { format: 99 }));
/// ```
pub fn parse(text: &str) -> Result<Schema, SnapshotError> {
    read_schema(&mut read_snapshot(text)?)
}

/// Reads the text as a snapshot of a form that is known.
fn read_snapshot(text: &str) -> Result<Map<String, Value>, SnapshotError> {
    let value: Value = serde_json::from_str(text).map_err(|source| SnapshotError::Syntax {
        is_conflict: text.lines().any(|line| line.starts_with("<<<<<<<")),
        source,
    })?;
    match value.get("format").and_then(Value::as_u64) {
        None | Some(0) => return Err(SnapshotError::NoSnapshot),
        Some(format) if format > FORMAT => return Err(SnapshotError::TooNew { format }),
        Some(_) => {}
    }
    match value {
        Value::Object(snapshot) => Ok(snapshot),
        _ => Err(SnapshotError::NoSnapshot),
    }
}

fn read_schema(snapshot: &mut Map<String, Value>) -> Result<Schema, SnapshotError> {
    let Some(schema) = snapshot.remove("schema") else {
        return Err(SnapshotError::NoSnapshot);
    };
    let mut schema = Schema::read(schema, Place::root("schema"))?;
    normalize::sort(&mut schema);
    Ok(schema)
}

#[cfg(test)]
mod tests;
