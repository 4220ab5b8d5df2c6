//! Takes a migration as somebody has edited it.

use std::{fs, path::PathBuf};

use schema_core::{def::SchemaDef, schema::Schema};

use super::{GenerateError, draft};
use crate::{
    chain::{Chain, Link},
    migration::SNAPSHOT_FILE,
    snapshot::Snapshot,
};

/// Writes the snapshot of a migration again for the `up.sql` it has now. One without a snapshot gets one: the first of all
/// that has any gets the compiled schema, any other that of the migration before it. Returns the snapshot's file.
///
/// # Errors
///
/// When there is no such migration, the definitions make no schema, or the file cannot be written.
pub fn accept(
    chain: &Chain,
    migration: &str,
    definition: &SchemaDef,
) -> Result<PathBuf, GenerateError> {
    let mut links = chain.links().iter();
    let at = links.position(|link| link.migration.id() == migration);
    let Some(at) = at else {
        return Err(GenerateError::NoMigration {
            migration: migration.to_owned(),
        });
    };
    let link = &chain.links()[at];
    let earlier = chain.links()[..at].iter().rev();
    let mut earlier =
        earlier.filter_map(|link| Some((link.migration.id(), link.snapshot.as_ref()?)));
    let text = match (&link.snapshot, earlier.next()) {
        (Some(kept), _) => render(link, kept.parent.clone(), &kept.schema),
        (None, Some((parent, Snapshot { schema, .. }))) => render(link, Some(parent), schema),
        (None, None) => {
            let schema = Schema::from_def(definition).map_err(Box::new)?;
            render(link, None, &schema)
        }
    };
    let path = chain.directory().join(migration).join(SNAPSHOT_FILE);
    match fs::write(&path, text) {
        Ok(()) => Ok(path),
        Err(source) => Err(GenerateError::Write { path, source }),
    }
}

fn render(link: &Link, parent: Option<String>, schema: &Schema) -> String {
    draft::render_snapshot(parent, link.migration.up().sql(), schema)
}
