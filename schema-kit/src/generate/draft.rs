//! A migration as text, and its files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process,
};

use schema_core::schema::Schema;

use super::{GenerateError, Step};
use crate::{
    embed::{DOWN_FILE, UP_FILE},
    migration::{self, SNAPSHOT_FILE},
    plan::{HazardKind, Plan, PlanError},
    snapshot::Snapshot,
};

/// What a migration that is written by hand begins with.
const CUSTOM: &str = "\
-- Statements of your own; each ends with a semicolon. They run in one transaction, where PostgreSQL lets them.
-- What they change in the schema belongs into the code as well: `check` compares the two.
";

/// A migration that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// `<version>_<name>`, its directory.
    pub id: String,
    /// The text of `up.sql`.
    pub up: String,
    /// The text of `down.sql`, where there is a way back.
    pub down: Option<String>,
    /// The text of `snapshot.json`.
    pub snapshot: String,
    /// What the one who writes it should know, a sentence each.
    pub notes: Vec<String>,
}

impl Draft {
    pub(super) fn new(
        id: String,
        parent: Option<String>,
        step: Step,
        next: &Schema,
        stale: Vec<String>,
    ) -> Self {
        let up = step.script();
        let stale = stale.into_iter().map(|place| {
            format!("`renamed_from` of `{place}` is done with: take it out of the source")
        });
        let mut notes: Vec<String> = stale.collect();
        let down = match &step.down {
            Ok(plan) => Some(render_down(&step.up, plan)),
            Err(error) => {
                notes.push(no_way_back(error));
                None
            }
        };
        Self {
            snapshot: render_snapshot(parent, &up, next),
            id,
            up,
            down,
            notes,
        }
    }

    pub(super) fn custom(id: String, parent: Option<String>, schema: &Schema) -> Self {
        Self {
            id,
            snapshot: render_snapshot(parent, CUSTOM, schema),
            up: CUSTOM.to_owned(),
            down: None,
            notes: Vec::new(),
        }
    }

    /// Writes the migration's directory, whole or not at all, and returns it.
    ///
    /// # Errors
    ///
    /// When a file cannot be written, or the directory is there already.
    pub fn write(&self, migrations: &Path) -> Result<PathBuf, GenerateError> {
        let directory = migrations.join(&self.id);
        let temporary = migrations.join(format!(".{}.{}.tmp", self.id, process::id()));
        let failed = |source| GenerateError::Write {
            path: directory.clone(),
            source,
        };
        let written = self.write_files(&temporary).and_then(|()| {
            // Renaming onto an empty directory would succeed.
            if directory.exists() {
                return Err(io::Error::from(io::ErrorKind::AlreadyExists));
            }
            fs::rename(&temporary, &directory)
        });
        if written.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_dir_all(&temporary);
        }
        written.map_err(failed)?;
        Ok(directory)
    }

    fn write_files(&self, directory: &Path) -> io::Result<()> {
        fs::create_dir_all(directory)?;
        fs::write(directory.join(UP_FILE), &self.up)?;
        if let Some(down) = &self.down {
            fs::write(directory.join(DOWN_FILE), down)?;
        }
        fs::write(directory.join(SNAPSHOT_FILE), &self.snapshot)
    }
}

pub(super) fn render_snapshot(parent: Option<String>, up: &str, schema: &Schema) -> String {
    let snapshot = Snapshot {
        parent,
        checksum: Some(migration::checksum_of(up)),
        schema: schema.clone(),
    };
    snapshot.render()
}

fn no_way_back(error: &PlanError) -> String {
    format!("there is no `down.sql`: on the way back {error}, which no statement does")
}

/// The statements of the way back, below what they do not bring back.
pub(super) fn render_down(up: &Plan, down: &Plan) -> String {
    let hazards = up.statements.iter().flat_map(|it| &it.hazards);
    let lost = hazards.filter(|hazard| {
        matches!(
            hazard.kind,
            HazardKind::DeletesData | HazardKind::LosesPrivileges | HazardKind::NotReversible
        )
    });
    let lost = lost.map(|hazard| format!("-- not undone: {}\n", hazard.what));
    lost.chain([down.script()]).collect()
}
