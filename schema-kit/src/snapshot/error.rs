//! What can be wrong with a snapshot.

use super::FORMAT;

/// An error of reading a snapshot.
///
/// # Examples
///
/// ```
/// use schema_kit::snapshot;
///
/// let error = snapshot::parse("{}").unwrap_err();
/// assert_eq!(error.to_string(), "the text is JSON but no snapshot of a schema");
/// assert!(error.help().contains("write it again"));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The text is no JSON.
    #[error("the snapshot is broken")]
    Syntax {
        /// Whether it holds the marks of a merge conflict.
        is_conflict: bool,
        /// What is wrong, with the line and column.
        source: serde_json::Error,
    },
    /// It is JSON, but nothing of ours.
    #[error("the text is JSON but no snapshot of a schema")]
    NoSnapshot,
    /// A newer kit wrote it.
    #[error(
        "the snapshot has format {format}; this version of the kit reads formats up to {FORMAT}"
    )]
    TooNew {
        /// Its format.
        format: u64,
    },
    /// A fact is not what it should be.
    #[error("the snapshot's `{place}` {reason}")]
    Fact {
        /// Where it stands: `schema.tables.public.users.columns[3].sql_type`.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl SnapshotError {
    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Syntax {
                is_conflict: true, ..
            } => "resolve the merge conflict in it: keep both sides' facts",
            Self::TooNew { .. } => "update the kit, or write the snapshot again with this one",
            _ => "restore it as it was written, or write it again from the schema",
        }
    }
}
