//! Where migrations come from: a directory, or the binary itself.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{MigrationError, checksum, version::Version};

/// The file of a migration that is run.
const UP_FILE: &str = "up.sql";

/// Where an application's migrations are.
///
/// # Examples
///
/// ```
/// use schema_kit::migration::MigrationSource;
///
/// // Built in: `("0001_init", include_str!("../migrations/0001_init/up.sql"))`.
/// let source = MigrationSource::Embedded(&[("0001_init", "CREATE TABLE a (id bigint);")]);
/// let migrations = source.load()?;
/// assert_eq!(migrations.iter().next().unwrap().name(), "init");
/// # Ok::<(), schema_kit::MigrationError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MigrationSource {
    /// A directory with one directory per migration.
    Directory(PathBuf),
    /// In the binary: the name of each migration's directory with the text of its `up.sql`.
    Embedded(&'static [(&'static str, &'static str)]),
}

/// One migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    version: Version,
    name: String,
    sql: String,
    checksum: String,
    origin: String,
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
    /// missing or not UTF-8, or two migrations have one version.
    pub fn load(&self) -> Result<Migrations, MigrationError> {
        match self {
            Self::Directory(directory) => load_directory(directory),
            Self::Embedded(migrations) => {
                let build = |(id, sql): &(&str, &str)| {
                    Migration::new(id, sql, format!("{id}/{UP_FILE} (built in)"))
                };
                Migrations::new(migrations.iter().map(build).collect::<Result<_, _>>()?)
            }
        }
    }
}

impl Migration {
    /// Makes a migration from `<version>_<name>` and its SQL; `origin` says in messages where the SQL is from.
    ///
    /// # Errors
    ///
    /// When `id` is not digits, an underscore and a name.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::migration::Migration;
    ///
    /// let migration = Migration::new("0002_add_roles", "SELECT 1;\r\n", "a test")?;
    /// assert_eq!((migration.id().as_str(), migration.sql()), ("0002_add_roles", "SELECT 1;\n"));
    /// # Ok::<(), schema_kit::MigrationError>(())
    /// ```
    pub fn new(id: &str, sql: &str, origin: impl Into<String>) -> Result<Self, MigrationError> {
        let origin = origin.into();
        let parts = id.split_once('_').filter(|(_, name)| !name.is_empty());
        let parsed = parts.and_then(|(version, name)| Some((Version::parse(version)?, name)));
        let Some((version, name)) = parsed else {
            return Err(MigrationError::BadName {
                name: id.to_owned(),
                origin,
            });
        };
        let sql = checksum::normalize(sql);
        if let Some(before) = sql.split_once('\0').map(|(before, _)| before) {
            return Err(MigrationError::NulByte {
                line: count_lines(before),
                origin,
            });
        }
        let checksum = checksum::checksum(&sql);
        Ok(Self {
            version,
            name: name.to_owned(),
            sql,
            checksum,
            origin,
        })
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

impl Migrations {
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
    let mut migrations = Vec::new();
    for entry in fs::read_dir(directory).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && !name.starts_with('.') {
            migrations.push(load_migration(&name, &path)?);
        }
    }
    Migrations::new(migrations)
}

fn load_migration(id: &str, directory: &Path) -> Result<Migration, MigrationError> {
    // The name is judged first: a directory that is no migration's is not one without a file.
    Migration::new(id, "", directory.display().to_string())?;
    let path = directory.join(UP_FILE);
    let bytes = fs::read(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => MigrationError::FileMissing { path: path.clone() },
        _ => MigrationError::Unreadable {
            path: path.clone(),
            source,
        },
    })?;
    let sql = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
        MigrationError::NotUtf8 {
            path: path.clone(),
            line: count_lines(&before),
        }
    })?;
    Migration::new(id, &sql, path.display().to_string())
}

fn count_lines(before: &str) -> usize {
    before.matches('\n').count() + 1
}
