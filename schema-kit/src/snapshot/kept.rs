//! A snapshot as it is kept beside a migration: the schema, what it follows and what the migration said.

use schema_core::schema::Schema;
use serde_json::{Map, Value};

use super::{FORMAT, SnapshotError, fact, fact::Fact, read_snapshot};

/// The schema as of a migration.
///
/// Its text is that of [`render`](super::render) with two keys more: `parent`, the migration it follows, which makes
/// snapshots a chain, and `checksum`, the SHA-256 of the migration's `up.sql` as it was written.
///
/// # Examples
///
/// ```
/// use schema_core::schema::Schema;
/// use schema_kit::snapshot::Snapshot;
///
/// let snapshot = Snapshot {
///     parent: Some("20261122000000_create_users".to_owned()),
///     checksum: Some("9f86d081".to_owned()),
///     schema: Schema::default(),
/// };
/// assert_eq!(Snapshot::parse(&snapshot.render())?, snapshot);
/// # Ok::<(), schema_kit::SnapshotError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// The migration before it, `<version>_<name>`; `None` for the first one.
    pub parent: Option<String>,
    /// The SHA-256 of the migration's `up.sql`, as hexadecimal digits.
    pub checksum: Option<String>,
    /// The schema.
    pub schema: Schema,
}

impl Snapshot {
    /// Renders the snapshot as JSON with sorted keys.
    #[must_use]
    pub fn render(&self) -> String {
        let mut snapshot = Map::new();
        snapshot.insert("format".to_owned(), FORMAT.into());
        let schema = self.schema.write().unwrap_or(Value::Object(Map::new()));
        snapshot.insert("schema".to_owned(), schema);
        for (key, value) in [("parent", &self.parent), ("checksum", &self.checksum)] {
            if let Some(value) = value {
                snapshot.insert(key.to_owned(), value.as_str().into());
            }
        }
        let mut snapshot = Value::Object(snapshot);
        fact::sort(&mut snapshot);
        fact::text(&snapshot)
    }

    /// Reads a snapshot; one without a parent and a checksum is of a schema alone.
    ///
    /// # Errors
    ///
    /// As for [`parse`](super::parse).
    pub fn parse(text: &str) -> Result<Self, SnapshotError> {
        let mut snapshot = read_snapshot(text)?;
        let schema = super::read_schema(&mut snapshot)?;
        let mut text_of = |key: &'static str| match snapshot.remove(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(SnapshotError::Fact {
                place: key.to_owned(),
                reason: "should be text".to_owned(),
            }),
        };
        Ok(Self {
            parent: text_of("parent")?,
            checksum: text_of("checksum")?,
            schema,
        })
    }
}
