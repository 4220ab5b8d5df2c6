//! Where migrations come from: a directory, or the binary itself.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{MigrationError, checksum};
use crate::embed::{self, DOWN_FILE, UP_FILE, Version};

/// How a line begins by which a squashed migration says what it stands for.
const REPLACES: &str = "-- replaces: ";

/// The schema as of a migration, which the runner does not need.
pub(crate) const SNAPSHOT_FILE: &str = "snapshot.json";

/// A migration in the binary: the name of its directory, its `up.sql`, and its `down.sql` where it has one.
pub type EmbeddedMigration = (&'static str, &'static str, Option<&'static str>);

/// Where an application's migrations are.
///
/// # Examples
///
/// ```
/// use schema_kit::migration::MigrationSource;
///
/// // What `embed_migrations!` makes of a directory.
/// let source = MigrationSource::Embedded(&[("0001_init", "CREATE TABLE a (id bigint);", None)]);
/// let migrations = source.load()?;
/// assert_eq!(migrations.iter().next().unwrap().name(), "init");
/// # Ok::<(), schema_kit::MigrationError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MigrationSource {
    /// A directory with one directory per migration.
    Directory(PathBuf),
    /// In the binary.
    Embedded(&'static [EmbeddedMigration]),
}

/// SQL with where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    sql: String,
    checksum: String,
    origin: String,
}

/// One migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    version: Version,
    name: String,
    up: Script,
    down: Option<Script>,
    replaces: Vec<Replaced>,
    directory: Option<PathBuf>,
}

/// A migration that a squashed one stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Its version.
    pub version: Version,
    /// Its name.
    pub name: String,
    /// The checksum of its `up.sql`.
    pub checksum: String,
}

/// Migrations in the order of their versions, of which no two are equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Migrations(Vec<Migration>);

impl MigrationSource {
    /// Reads all migrations.
    ///
    /// Hidden files and files beside the migrations' directories are left alone, so a `README.md` may lie there.
    ///
    /// # Errors
    ///
    /// When the directory is missing or cannot be read, an entry's name is not `<version>_<name>`, its `up.sql` is
    /// missing, a file is not UTF-8, or two migrations have one version.
    pub fn load(&self) -> Result<Migrations, MigrationError> {
        match self {
            Self::Directory(directory) => load_directory(directory),
            Self::Embedded(migrations) => {
                let build = |(id, up, down): &EmbeddedMigration| {
                    let origin = |file: &str| format!("{id}/{file} (built in)");
                    let migration = Migration::new(id, up, origin(UP_FILE))?;
                    match down {
                        Some(down) => migration.with_down(down, origin(DOWN_FILE)),
                        None => Ok(migration),
                    }
                };
                Migrations::new(migrations.iter().map(build).collect::<Result<_, _>>()?)
            }
        }
    }
}

impl Script {
    /// Takes SQL in; `origin` says in messages where it is from.
    ///
    /// # Errors
    ///
    /// When it holds a zero byte, which no SQL can.
    pub fn new(sql: &str, origin: impl Into<String>) -> Result<Self, MigrationError> {
        let origin = origin.into();
        let sql = checksum::normalize(sql);
        if let Some(before) = sql.split_once('\0').map(|(before, _)| before) {
            return Err(MigrationError::NulByte {
                line: count_lines(before),
                origin,
            });
        }
        let checksum = checksum::checksum(&sql);
        Ok(Self {
            sql,
            checksum,
            origin,
        })
    }

    /// The SQL, each line ended by `\n`.
    #[must_use]
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// The SHA-256 of [`sql`](Self::sql), as hexadecimal digits.
    #[must_use]
    pub fn checksum(&self) -> &str {
        &self.checksum
    }

    /// Where the SQL is from, for messages: the file's path.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

impl Migration {
    /// Makes a migration from `<version>_<name>` and its SQL; `origin` says in messages where the SQL is from.
    ///
    /// # Errors
    ///
    /// When `id` is not digits, an underscore and a name, or the SQL holds a zero byte.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::migration::Migration;
    ///
    /// let migration = Migration::new("0002_add_roles", "SELECT 1;\r\n", "a test")?;
    /// assert_eq!((migration.id().as_str(), migration.up().sql()), ("0002_add_roles", "SELECT 1;\n"));
    /// # Ok::<(), schema_kit::MigrationError>(())
    /// ```
    pub fn new(id: &str, sql: &str, origin: impl Into<String>) -> Result<Self, MigrationError> {
        let origin = origin.into();
        let Some((version, name)) = Version::parse_id(id) else {
            return Err(MigrationError::BadName {
                name: id.to_owned(),
                origin,
            });
        };
        let up = Script::new(sql, origin)?;
        Ok(Self {
            version,
            name: name.to_owned(),
            replaces: parse_replaced(up.sql()),
            up,
            down: None,
            directory: None,
        })
    }

    /// Adds the SQL that takes the migration back.
    ///
    /// # Errors
    ///
    /// When it holds a zero byte.
    pub fn with_down(
        mut self,
        sql: &str,
        origin: impl Into<String>,
    ) -> Result<Self, MigrationError> {
        self.down = Some(Script::new(sql, origin)?);
        Ok(self)
    }

    /// What orders migrations.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// What a migration does, in its author's words.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `<version>_<name>`, the name of its directory.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }

    /// What is run: `up.sql`.
    #[must_use]
    pub fn up(&self) -> &Script {
        &self.up
    }

    /// What takes it back: `down.sql`, where there is one.
    #[must_use]
    pub fn down(&self) -> Option<&Script> {
        self.down.as_ref()
    }

    /// The migrations that it stands for, where [`squash`](super::squash()) made it of them.
    #[must_use]
    pub fn replaces(&self) -> &[Replaced] {
        &self.replaces
    }

    /// Its directory, where it is not built into the binary.
    #[must_use]
    pub fn directory(&self) -> Option<&Path> {
        self.directory.as_deref()
    }

    /// Reads its `snapshot.json`, the schema as of this migration; `None` where it has none.
    ///
    /// # Errors
    ///
    /// When the file is there and cannot be read.
    pub fn read_snapshot(&self) -> Result<Option<String>, MigrationError> {
        match &self.directory {
            Some(directory) => read(&directory.join(SNAPSHOT_FILE)),
            None => Ok(None),
        }
    }
}

#[cfg(feature = "cli")]
impl Replaced {
    /// The line of the squashed migration's head.
    pub(crate) fn render(&self) -> String {
        let Self {
            version,
            name,
            checksum,
        } = self;
        format!("{REPLACES}{version}_{name} {checksum}\n")
    }
}

/// Reads what the comments a squashed migration starts with say.
fn parse_replaced(sql: &str) -> Vec<Replaced> {
    let head = sql.lines().take_while(|line| line.starts_with("--"));
    let parse = |line: &str| {
        let (id, checksum) = line.strip_prefix(REPLACES)?.split_once(' ')?;
        let (version, name) = Version::parse_id(id)?;
        Some(Replaced {
            version,
            name: name.to_owned(),
            checksum: checksum.to_owned(),
        })
    };
    head.filter_map(parse).collect()
}

impl Migrations {
    /// The migration of a version.
    #[must_use]
    pub fn find(&self, version: &Version) -> Option<&Migration> {
        self.iter().find(|migration| migration.version == *version)
    }

    /// Puts migrations in order.
    ///
    /// # Errors
    ///
    /// When two of them have one version.
    pub fn new(mut migrations: Vec<Migration>) -> Result<Self, MigrationError> {
        migrations.sort_by(|a, b| a.version.cmp(&b.version).then_with(|| a.name.cmp(&b.name)));
        for pair in migrations.windows(2) {
            if pair[0].version == pair[1].version {
                return Err(MigrationError::DuplicateVersion {
                    first: pair[0].id(),
                    second: pair[1].id(),
                });
            }
        }
        Ok(Self(migrations))
    }

    /// The migrations, lowest version first.
    pub fn iter(&self) -> std::slice::Iter<'_, Migration> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Migrations {
    type Item = &'a Migration;
    type IntoIter = std::slice::Iter<'a, Migration>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

fn load_directory(directory: &Path) -> Result<Migrations, MigrationError> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => MigrationError::DirectoryMissing {
            path: directory.to_owned(),
        },
        _ => MigrationError::Unreadable {
            path: directory.to_owned(),
            source,
        },
    };
    let ids = embed::directories(directory).map_err(unreadable)?;
    let load = |id: String| load_migration(&id, &directory.join(&id));
    Migrations::new(ids.into_iter().map(load).collect::<Result<_, _>>()?)
}

fn load_migration(id: &str, directory: &Path) -> Result<Migration, MigrationError> {
    // The name is judged first: a directory that is no migration's is not one without a file.
    Migration::new(id, "", directory.display().to_string())?;
    let path = directory.join(UP_FILE);
    let Some(up) = read(&path)? else {
        return Err(MigrationError::FileMissing { path });
    };
    let mut migration = Migration::new(id, &up, path.display().to_string())?;
    let path = directory.join(DOWN_FILE);
    if let Some(down) = read(&path)? {
        migration = migration.with_down(&down, path.display().to_string())?;
    }
    migration.directory = Some(directory.to_owned());
    Ok(migration)
}

/// Reads a file; `None` where there is none.
fn read(path: &Path) -> Result<Option<String>, MigrationError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(MigrationError::Unreadable {
                path: path.to_owned(),
                source,
            });
        }
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        MigrationError::NotUtf8 {
            path: path.to_owned(),
            line: count_lines(&before),
        }
    })?;
    Ok(Some(text))
}

fn count_lines(before: &str) -> usize {
    before.matches('\n').count() + 1
}
