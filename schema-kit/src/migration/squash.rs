//! Makes one migration of many. It touches files only; what a database has of them is found out when it is migrated.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Migration, MigrationError, Migrations, Script, Version, checksum,
    files::{Replaced, SNAPSHOT_FILE},
    lexer, part,
};
use crate::{
    embed::{DOWN_FILE, UP_FILE},
    snapshot::Snapshot,
};

/// The first lines of a squashed migration, above those of what it replaces.
const HEAD: &str = "\
-- This migration stands for those below: a database that has all of them has it already.
";

/// What a script sets up for its session ends with it.
const RESET: &str = "RESET SESSION AUTHORIZATION;\nRESET ROLE;\nRESET ALL;\n";

/// One migration made of many.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Squashed {
    /// `<version>_<name>`; the version is that of the last one.
    pub id: String,
    /// Its `up.sql`: what it replaces, then their SQL one after the other.
    pub up: String,
    /// Its `down.sql`, where each of them has one.
    pub down: Option<String>,
    /// Its `snapshot.json`, where the last one has one.
    pub snapshot: Option<String>,
    /// Those it replaces, in order.
    pub replaces: Vec<String>,
    directories: Vec<PathBuf>,
    /// The snapshots that follow the last one, which follow the squashed one from now on.
    followers: Vec<(PathBuf, String)>,
}

/// Makes one migration of all up to a version, or of all.
///
/// # Errors
///
/// When there are fewer than two, one of them cannot be read or is built into the binary, or `name` is empty.
///
/// # Examples
///
/// ```
/// use schema_kit::migration::{Migration, Migrations, squash};
///
/// let migrations = Migrations::new(vec![
///     Migration::new("0001_init", "CREATE TABLE a (id int);", "1")?,
///     Migration::new("0002_more", "CREATE TABLE b (id int);", "2")?,
/// ])?;
/// let squashed = squash(&migrations, None, "base")?;
/// assert_eq!(squashed.id, "0002_base");
/// assert!(squashed.up.ends_with("-- 0002_more\nCREATE TABLE b (id int);\n"));
/// # Ok::<(), schema_kit::MigrationError>(())
/// ```
pub fn squash(
    migrations: &Migrations,
    to: Option<&Version>,
    name: &str,
) -> Result<Squashed, MigrationError> {
    super::apply::check_version(migrations, to)?;
    let is_wanted = |migration: &&Migration| to.is_none_or(|to| migration.version() <= to);
    let chosen: Vec<&Migration> = migrations.iter().filter(is_wanted).collect();
    let [.., _, last] = chosen[..] else {
        return Err(MigrationError::TooFew);
    };
    let id = format!("{}_{name}", last.version());
    // The name is judged as any other.
    Migration::new(&id, "", "the squashed migration")?;
    let mut up = String::from(HEAD);
    for replaced in chosen.iter().flat_map(|migration| replaced_by(migration)) {
        up.push_str(&replaced.render());
    }
    for migration in &chosen {
        up.push_str(&section(migration, migration.up())?);
    }
    let snapshot = squashed_snapshot(chosen[0], last, &up)?;
    let followers = followers(migrations, &last.id(), &id)?;
    let has_down = chosen.iter().all(|migration| migration.down().is_some());
    let mut down = String::new();
    for migration in chosen.iter().rev().filter(|_| has_down) {
        if let Some(script) = migration.down() {
            down.push_str(&section(migration, script)?);
        }
    }
    Ok(Squashed {
        id,
        up,
        down: has_down.then(|| down.trim_start().to_owned()),
        snapshot,
        followers,
        replaces: chosen.iter().map(|migration| migration.id()).collect(),
        directories: chosen
            .iter()
            .filter_map(|migration| migration.directory().map(Path::to_owned))
            .collect(),
    })
}

/// The schema as of the last migration is the schema as of the squashed one, which follows what the first one followed.
fn squashed_snapshot(
    first: &Migration,
    last: &Migration,
    up: &str,
) -> Result<Option<String>, MigrationError> {
    let Some(snapshot) = read_snapshot(last)? else {
        return Ok(None);
    };
    let parent = read_snapshot(first)?.and_then(|snapshot| snapshot.parent);
    let snapshot = Snapshot {
        parent,
        checksum: Some(checksum::checksum_of(up)),
        ..snapshot
    };
    Ok(Some(snapshot.render()))
}

fn followers(
    migrations: &Migrations,
    last: &str,
    id: &str,
) -> Result<Vec<(PathBuf, String)>, MigrationError> {
    let mut followers = Vec::new();
    for migration in migrations {
        let (Some(directory), Some(snapshot)) = (migration.directory(), read_snapshot(migration)?)
        else {
            continue;
        };
        if snapshot.parent.as_deref() == Some(last) {
            let parent = Some(id.to_owned());
            let text = Snapshot { parent, ..snapshot }.render();
            followers.push((directory.join(SNAPSHOT_FILE), text));
        }
    }
    Ok(followers)
}

fn read_snapshot(migration: &Migration) -> Result<Option<Snapshot>, MigrationError> {
    let Some(text) = migration.read_snapshot()? else {
        return Ok(None);
    };
    let failed = |error: crate::snapshot::SnapshotError| MigrationError::Snapshot {
        migration: migration.id(),
        reason: error.to_string(),
    };
    Snapshot::parse(&text).map(Some).map_err(failed)
}

/// What a migration stands for: itself and, where it was squashed before, those it replaced. A database that has it as
/// itself has the row of its own version alone, so that is what counts.
fn replaced_by(migration: &Migration) -> Vec<Replaced> {
    vec![Replaced {
        version: migration.version().clone(),
        name: migration.name().to_owned(),
        checksum: migration.up().checksum().to_owned(),
    }]
}

/// The SQL of one migration, below its name, without what a squashed one starts with.
fn section(migration: &Migration, script: &Script) -> Result<String, MigrationError> {
    let parts = part::cut(migration, script)?;
    let head = match migration.replaces() {
        [] => 0,
        replaced => HEAD.lines().count() + replaced.len(),
    };
    let body: Vec<&str> = script.sql().lines().skip(head).collect();
    let body = body.join("\n");
    let mut text = format!("\n-- {}\n{}", migration.id(), body.trim());
    if !ends_with_semicolon(&body) {
        text.push_str("\n;");
    }
    text.push('\n');
    let mut statements = parts.iter().flat_map(|part| &part.statements);
    if statements.any(part::sets_session) {
        text.push_str(RESET);
    }
    Ok(text)
}

/// Whether the last statement is closed; a comment may follow it.
fn ends_with_semicolon(body: &str) -> bool {
    // It was cut into parts, so all its quotes are closed.
    let statements = lexer::split(body).unwrap_or_default();
    statements.last().is_none_or(|last| {
        let end = last.start + last.text.len();
        body[end..].trim_start().starts_with(';')
    })
}

impl Squashed {
    /// Writes the directory beside those it replaces, and removes these.
    ///
    /// # Errors
    ///
    /// When they are built into the binary, or a file cannot be written or removed.
    pub fn write(&self) -> Result<PathBuf, MigrationError> {
        let (Some(last), true) = (
            self.directories.last(),
            self.directories.len() == self.replaces.len(),
        ) else {
            return Err(MigrationError::BuiltIn);
        };
        let directory = last.with_file_name(&self.id);
        let beside = last.with_file_name(format!(".{}.new", self.id));
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source: io::Error| MigrationError::Unwritable { path, source }
        };
        // Hidden directories are no migrations, so until the old ones go there is nothing new.
        fs::create_dir_all(&beside).map_err(failed(&beside))?;
        fs::write(beside.join(UP_FILE), &self.up).map_err(failed(&beside))?;
        if let Some(down) = &self.down {
            fs::write(beside.join(DOWN_FILE), down).map_err(failed(&beside))?;
        }
        if let Some(snapshot) = &self.snapshot {
            fs::write(beside.join(SNAPSHOT_FILE), snapshot).map_err(failed(&beside))?;
        }
        for (path, text) in &self.followers {
            fs::write(path, text).map_err(failed(path))?;
        }
        for old in &self.directories {
            fs::remove_dir_all(old).map_err(failed(old))?;
        }
        fs::rename(&beside, &directory).map_err(failed(&directory))?;
        Ok(directory)
    }
}
