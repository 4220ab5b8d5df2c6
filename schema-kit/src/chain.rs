//! The migrations of a directory with the snapshots beside them, each of which names the migration it follows.
//!
//! A chain is whole when every snapshot follows the one before it in the order of versions. Two branches that were merged
//! leave a fork: two snapshots that follow the same migration, of which neither knows the other's changes. No database
//! is needed to see that.

mod error;
mod problem;

use std::path::{Path, PathBuf};

use schema_core::schema::Schema;

pub use self::{error::ChainError, problem::ChainProblem};
use crate::{
    migration::{Migration, MigrationSource, Migrations, SNAPSHOT_FILE},
    snapshot::Snapshot,
};

/// A migration, and the snapshot beside it where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The migration.
    pub migration: Migration,
    /// The schema as of it. A migration that was written without the kit may have none.
    pub snapshot: Option<Snapshot>,
}

/// The migrations of a directory in the order of their versions.
///
/// # Examples
///
/// ```
/// use schema_kit::chain::Chain;
///
/// # let directory = tempfile::tempdir()?;
/// let chain = Chain::load(&directory.path().join("migrations"))?;
/// assert!(chain.links().is_empty() && chain.problems().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    directory: PathBuf,
    links: Vec<Link>,
}

impl Chain {
    /// Reads a directory of migrations; one that is not there is empty.
    ///
    /// # Errors
    ///
    /// As for [`MigrationSource::load`], and for a snapshot that cannot be read.
    pub fn load(directory: &Path) -> Result<Self, ChainError> {
        let migrations = if directory.exists() {
            MigrationSource::Directory(directory.to_owned()).load()?
        } else {
            Migrations::default()
        };
        let links = migrations.iter().map(|migration| {
            Ok(Link {
                migration: migration.clone(),
                snapshot: snapshot_of(migration)?,
            })
        });
        Ok(Self {
            directory: directory.to_owned(),
            links: links.collect::<Result<_, ChainError>>()?,
        })
    }

    /// The directory.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The migrations, lowest version first.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The newest migration that has a snapshot, by its id, with the schema as of it.
    #[must_use]
    pub fn newest(&self) -> Option<(String, &Schema)> {
        let mut kept = self.kept().rev();
        kept.next().map(|(id, snapshot)| (id, &snapshot.schema))
    }

    /// What is wrong with the migrations among themselves, in their order.
    #[must_use]
    pub fn problems(&self) -> Vec<ChainProblem> {
        problem::problems(self)
    }

    /// The migrations that have snapshots.
    pub(crate) fn kept(&self) -> impl DoubleEndedIterator<Item = (String, &Snapshot)> {
        self.links.iter().filter_map(|link| {
            let snapshot = link.snapshot.as_ref()?;
            Some((link.migration.id(), snapshot))
        })
    }
}

fn snapshot_of(migration: &Migration) -> Result<Option<Snapshot>, ChainError> {
    let Some(text) = migration.read_snapshot()? else {
        return Ok(None);
    };
    let snapshot = Snapshot::parse(&text).map_err(|source| {
        let directory = migration.directory().unwrap_or(Path::new(""));
        ChainError::Snapshot {
            path: directory.join(SNAPSHOT_FILE),
            source,
        }
    })?;
    Ok(Some(snapshot))
}
