//! Where a schema comes from: a database, a snapshot, SQL, or the code. Each becomes a [`Schema`] in the server's
//! spelling, so that any two can be compared.
//!
//! A database is read as it is. SQL is loaded into a scratch database and read from there. A snapshot and the compiled
//! schema are sent through one, since only the server can tell that `now()` is `CURRENT_TIMESTAMP`.
//!
//! ```no_run
//! use schema_kit::{diff::Diff, introspect::Filter, scratch::Scratch, server::OnProgress, source::{self, Source}};
//!
//! # async fn example() -> Result<(), schema_kit::Error> {
//! let scratch = Scratch::embedded(OnProgress::default());
//! let previous = Source::parse("schema.sql", "--from", None)?;
//! let next = Source::parse("postgres://localhost/chat", "--to", None)?;
//! let (previous, next) = source::load_both(&previous, &next, &scratch, &Filter::default()).await?;
//! println!("{}", Diff::between(&previous.schema, &next.schema).is_empty());
//! # Ok(())
//! # }
//! ```

mod script;
mod selection;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use schema_core::{def::SchemaDef, schema::Schema};

pub use self::selection::Selection;
use crate::{
    database::Database,
    error::{Error, Origin, SourceError},
    introspect::{self, Filter, Introspection, UnknownObject},
    migration::{MigrationError, MigrationSource},
    scratch::{self, Scratch},
    snapshot,
};

/// The word that names the compiled schema.
pub const COMPILED: &str = "compiled";

/// Where a schema is.
///
/// # Examples
///
/// ```
/// use schema_kit::source::Source;
///
/// let source = Source::parse("postgres://app:secret@db.example/chat", "--from", None)?;
/// assert_eq!(source.to_string(), "database `chat` on db.example:5432");
/// assert!(Source::parse("no/such/file.sql", "--from", None).is_err());
/// # Ok::<(), schema_kit::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Source {
    /// A live database.
    Database(Box<Database>),
    /// A snapshot's file.
    Snapshot(PathBuf),
    /// A file of SQL, or a directory: of such files, which are run in the order of their names, or of migrations.
    Sql(PathBuf),
    /// The schema that is compiled into the binary.
    Compiled(&'static SchemaDef),
}

impl Source {
    /// Reads what an option names: a database URL or `key=value` pairs, `compiled`, or a file or directory that is there.
    /// `option` is the option's name for messages, such as `--from`.
    ///
    /// # Errors
    ///
    /// A URL that cannot be used, a file that is not there, and `compiled` where nothing is.
    pub fn parse(
        text: &str,
        option: &'static str,
        compiled: Option<&'static SchemaDef>,
    ) -> Result<Self, Error> {
        let path = Path::new(text);
        if text == COMPILED {
            return compiled
                .map(Self::Compiled)
                .ok_or_else(|| SourceError::NoSchema.into());
        }
        if text.contains("://") || (text.contains('=') && !path.exists()) {
            let database = Database::parse(text, Origin::Option(option))?;
            return Ok(Self::Database(Box::new(database)));
        }
        let metadata = fs::metadata(path).map_err(|source| unreadable(path, source))?;
        if metadata.is_dir() {
            return Ok(Self::Sql(path.to_owned()));
        }
        let is_json = path
            .extension()
            .is_some_and(|extension| extension == "json");
        Ok(if is_json {
            Self::Snapshot(path.to_owned())
        } else {
            Self::Sql(path.to_owned())
        })
    }

    /// Whether it is a database, and can change while it is looked at.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self, Self::Database(_))
    }
}

/// As messages name it.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(database) => {
                let options = database.options();
                write!(
                    f,
                    "database `{}` on {}",
                    options.database(),
                    options.address()
                )
            }
            Self::Snapshot(path) | Self::Sql(path) => write!(f, "`{}`", path.display()),
            Self::Compiled(schema) => write!(f, "the compiled schema {}", schema.name),
        }
    }
}

/// A schema that was read from where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct End {
    /// All the model has a place for, as the server spells it.
    pub schema: Schema,
    /// The rest, by kind and name.
    pub unknown: Vec<UnknownObject>,
    /// Whether it is a database that may hold rows, and is in use perhaps.
    pub is_live: bool,
    /// The version of the server that spelled it, as `server_version_num` writes it; none where no server was to be had,
    /// and the texts are as they were written.
    pub server_version: Option<u32>,
}

impl End {
    /// Whether it is a database in which there is a table already.
    #[must_use]
    pub fn has_tables(&self) -> bool {
        self.is_live && !self.schema.tables.is_empty()
    }

    fn new(found: Introspection, is_live: bool) -> Self {
        Self {
            schema: found.schema,
            unknown: found.unknown,
            is_live,
            server_version: Some(found.server_version),
        }
    }
}

/// Reads a schema, with what only a server can say of it. A live database is read as it is, all else through a scratch
/// database.
///
/// # Errors
///
/// A database that cannot be reached or read, a broken or newer snapshot, SQL that the server refuses, and a scratch
/// server that is not to be had or does not work.
pub async fn read(
    source: &Source,
    scratch: &Scratch,
    filter: &Filter,
) -> Result<Introspection, Error> {
    match source {
        Source::Database(database) => read_database(database, filter).await,
        Source::Sql(path) => read_sql(path, scratch, filter).await,
        Source::Snapshot(_) | Source::Compiled(_) => {
            scratch.spell(&as_written(source, filter)?).await
        }
    }
}

/// Reads a schema. Where no scratch server is to be had, a snapshot and the compiled schema are taken as they are written.
///
/// # Errors
///
/// As for [`read`].
pub async fn load(source: &Source, scratch: &Scratch, filter: &Filter) -> Result<End, Error> {
    match (read(source, scratch, filter).await, source) {
        (Err(error), Source::Snapshot(_) | Source::Compiled(_))
            if scratch::is_unavailable(&error) =>
        {
            Ok(End {
                schema: as_written(source, filter)?,
                unknown: Vec::new(),
                is_live: false,
                server_version: None,
            })
        }
        (found, _) => Ok(End::new(found?, source.is_live())),
    }
}

/// Reads two schemas, databases at the same time.
///
/// # Errors
///
/// As for [`load`].
pub async fn load_both(
    previous: &Source,
    next: &Source,
    scratch: &Scratch,
    filter: &Filter,
) -> Result<(End, End), Error> {
    let Source::Database(database) = next else {
        let previous = load(previous, scratch, filter).await?;
        return Ok((previous, load(next, scratch, filter).await?));
    };
    let database = database.clone();
    let wanted = filter.clone();
    let reading = tokio::spawn(async move { read_database(&database, &wanted).await });
    let previous = load(previous, scratch, filter).await;
    let next = reading.await;
    let next = next.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic()));
    Ok((previous?, End::new(next?, true)))
}

async fn read_database(database: &Database, filter: &Filter) -> Result<Introspection, Error> {
    let mut client = database.connect().await?;
    Ok(introspect::read(&mut client, filter).await?)
}

async fn read_sql(path: &Path, scratch: &Scratch, filter: &Filter) -> Result<Introspection, Error> {
    let scripts = script::read(path)?;
    scratch
        .with(async |client| {
            for script in &scripts {
                script::run(client, scratch, script).await?;
            }
            Ok(introspect::read(client, filter).await?)
        })
        .await
}

/// What no server is needed for; empty for a database and SQL.
fn as_written(source: &Source, filter: &Filter) -> Result<Schema, Error> {
    match source {
        Source::Snapshot(path) => {
            let mut schema = read_snapshot(path)?;
            schema.privileges = schema.privileges.filter(|_| filter.privileges);
            Ok(schema)
        }
        Source::Compiled(def) => {
            Schema::from_def(def).map_err(|error| Error::Schema(Box::new(error)))
        }
        Source::Database(_) | Source::Sql(_) => Ok(Schema::default()),
    }
}

fn read_snapshot(path: &Path) -> Result<Schema, SourceError> {
    let text = script::read_text(path)?;
    snapshot::parse(&text).map_err(|error| SourceError::Snapshot {
        path: path.to_owned(),
        source: Box::new(error),
    })
}

fn unreadable(path: &Path, source: std::io::Error) -> SourceError {
    let path = path.to_owned();
    match source.kind() {
        std::io::ErrorKind::NotFound => SourceError::Missing { path },
        _ => SourceError::Unreadable { path, source },
    }
}

/// Reads a directory's migrations, where it is one of migrations.
fn migrations(directory: &Path) -> Result<Option<crate::migration::Migrations>, MigrationError> {
    let entries = fs::read_dir(directory).map_err(|source| MigrationError::Unreadable {
        path: directory.to_owned(),
        source,
    })?;
    let has_up = |entry: fs::DirEntry| entry.path().join("up.sql").is_file();
    if entries.filter_map(Result::ok).any(has_up) {
        MigrationSource::Directory(directory.to_owned())
            .load()
            .map(Some)
    } else {
        Ok(None)
    }
}
