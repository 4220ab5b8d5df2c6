//! Makes the migrations of a branch follow those of another one that was merged.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use schema_core::schema::Schema;

use super::{GenerateError, Step, draft};
use crate::{
    chain::{Chain, Link},
    diff::Renames,
    embed::{DOWN_FILE, UP_FILE},
    migration::{SNAPSHOT_FILE, Version},
    plan::PlanRequest,
    snapshot,
};

/// What becomes of one migration.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rebase {
    /// The migration, `<version>_<name>`.
    pub migration: String,
    /// What it is called from now on, where it moves behind others.
    pub renamed_to: Option<String>,
    /// Its new `up.sql`; `None` where it stays as it is: what it says still fits, or somebody has written it by hand.
    pub up: Option<String>,
    /// Its new `down.sql`; `None` as for `up`.
    pub down: Option<String>,
    /// Its new `snapshot.json`.
    pub snapshot: String,
}

/// Makes every migration follow the one before it in the order of versions: a snapshot gets what the others have changed,
/// and statements that were generated are generated anew. `moved` is a migration that goes behind all others first, with
/// the version given. Migrations that need nothing are not among the results. Statements are as they were generated where
/// that was by the request, or by the one for tables in use or for tables that nobody uses.
///
/// # Errors
///
/// When `moved` is not there, two branches changed one fact, or no statement makes a change any more.
pub fn rebase(
    chain: &Chain,
    moved: Option<(&str, &Version)>,
    request: &PlanRequest,
) -> Result<Vec<Rebase>, GenerateError> {
    let order = order(chain, moved)?;
    let mut old: BTreeMap<String, &Schema> = BTreeMap::new();
    for link in chain.links() {
        if let Some(snapshot) = &link.snapshot {
            old.insert(link.migration.id(), &snapshot.schema);
        }
    }
    let empty = Schema::default();
    let mut previous: Option<(String, Schema)> = None;
    let mut changed = Vec::new();
    for (link, id) in order {
        let Some(kept) = &link.snapshot else {
            continue;
        };
        let base = kept.parent.as_ref().and_then(|parent| old.get(parent));
        let base = base.copied().unwrap_or(&empty);
        let (parent, before) = match &previous {
            Some((parent, schema)) => (Some(parent.clone()), schema),
            None => (None, &empty),
        };
        let conflict = |conflict| GenerateError::Conflict {
            first: parent.clone().unwrap_or_default(),
            second: link.migration.id(),
            conflict,
        };
        let schema = snapshot::merge(base, before, &kept.schema).map_err(conflict)?;
        if parent != kept.parent || *before != *base || id != link.migration.id() {
            let sides = Sides {
                base,
                before,
                theirs: &kept.schema,
                merged: &schema,
            };
            changed.push(moved_link(link, (&id, parent), &sides, request)?);
        }
        previous = Some((id, schema));
    }
    Ok(changed)
}

/// The migrations in the order they are to have, each with its name.
fn order<'c>(
    chain: &'c Chain,
    moved: Option<(&str, &Version)>,
) -> Result<Vec<(&'c Link, String)>, GenerateError> {
    let Some((moved, version)) = moved else {
        let links = chain.links().iter();
        return Ok(links.map(|link| (link, link.migration.id())).collect());
    };
    let is_moved = |link: &&Link| link.migration.id() == moved;
    let found = chain.links().iter().find(is_moved);
    let Some(found) = found.filter(|link| link.snapshot.is_some()) else {
        return Err(GenerateError::NoMigration {
            migration: moved.to_owned(),
        });
    };
    let others = chain.links().iter().filter(|link| !is_moved(link));
    let mut order: Vec<_> = others.map(|link| (link, link.migration.id())).collect();
    order.push((found, format!("{version}_{}", found.migration.name())));
    Ok(order)
}

/// The schemas around a migration: what it was made for, what it is to follow, what it made, and what it is to make.
struct Sides<'a> {
    base: &'a Schema,
    before: &'a Schema,
    theirs: &'a Schema,
    merged: &'a Schema,
}

fn moved_link(
    link: &Link,
    (id, parent): (&str, Option<String>),
    sides: &Sides<'_>,
    request: &PlanRequest,
) -> Result<Rebase, GenerateError> {
    let (up, down) = match regenerated(link, sides, request)? {
        Some(step) => {
            let down = step.down.as_ref().ok();
            let down = down.map(|plan| draft::render_down(&step.up, plan));
            (Some(step.script()), down)
        }
        None => (None, None),
    };
    let text = up.as_deref().unwrap_or(link.migration.up().sql());
    let old = link.migration.id();
    Ok(Rebase {
        renamed_to: (id != old).then(|| id.to_owned()),
        migration: old,
        snapshot: draft::render_snapshot(parent, text, sides.merged),
        up,
        down,
    })
}

/// The statements between the new sides, where those between the old ones are what was generated, and are others.
fn regenerated(
    link: &Link,
    sides: &Sides<'_>,
    request: &PlanRequest,
) -> Result<Option<Step>, GenerateError> {
    // What somebody wrote or changed by hand is theirs, renames too.
    let none = Renames::default();
    for request in [*request, PlanRequest::default(), PlanRequest::offline()] {
        let was = Step::between(sides.base, sides.theirs, &none, &request)?.script();
        if was == link.migration.up().sql() {
            let is = Step::between(sides.before, sides.merged, &none, &request)?;
            return Ok(Some(is).filter(|is| is.script() != was));
        }
    }
    Ok(None)
}

impl Rebase {
    /// Writes what changes.
    ///
    /// # Errors
    ///
    /// When a file cannot be written or the directory cannot be renamed.
    pub fn write(&self, migrations: &Path) -> Result<PathBuf, GenerateError> {
        let mut directory = migrations.join(&self.migration);
        let failed = |path: &Path| {
            let path = path.to_owned();
            |source| GenerateError::Write { path, source }
        };
        if let Some(name) = &self.renamed_to {
            let next = migrations.join(name);
            fs::rename(&directory, &next).map_err(failed(&next))?;
            directory = next;
        }
        let files = [
            (UP_FILE, self.up.as_ref()),
            (DOWN_FILE, self.down.as_ref()),
            (SNAPSHOT_FILE, Some(&self.snapshot)),
        ];
        for (name, text) in files {
            if let Some(text) = text {
                let path = directory.join(name);
                fs::write(&path, text).map_err(failed(&path))?;
            }
        }
        Ok(directory)
    }
}
