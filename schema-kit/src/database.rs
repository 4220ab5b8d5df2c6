//! Which database a command works on: `--database-url`, `DATABASE_URL`, a `.env` file or the embedded server.

use std::{env, io, path::Path};

use schema_core::connect::{ConnectError, ConnectOptions};
use tokio_postgres::Client;

pub use crate::error::Origin;

use crate::{
    error::{DatabaseError, Error},
    server::Project,
};

/// The variable that names the database, in the environment and in `.env`.
pub const VARIABLE: &str = "DATABASE_URL";

/// A database and how its URL was found.
///
/// # Examples
///
/// ```
/// use schema_kit::database::{Database, Origin};
///
/// let database = Database::parse("postgres://app@db.example/chat", Origin::Argument)?;
/// assert_eq!(database.options().database(), "chat");
/// # Ok::<(), schema_kit::DatabaseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    options: ConnectOptions,
    origin: Origin,
}

impl Database {
    /// Reads a URL.
    ///
    /// # Errors
    ///
    /// When it cannot be used.
    pub fn parse(url: &str, origin: Origin) -> Result<Self, DatabaseError> {
        match ConnectOptions::parse(url) {
            Ok(mut options) => {
                if options.config().get_application_name().is_none() {
                    options.config_mut().application_name("schema-kit");
                }
                Ok(Self { options, origin })
            }
            Err(error) => Err(DatabaseError::Connect { origin, error }),
        }
    }

    /// Finds the database a user named: the argument, `DATABASE_URL` in the environment, or in the first `.env` file
    /// of `directory` and those above it. `None` where nobody named one; an empty value names none.
    ///
    /// # Errors
    ///
    /// When what is found first cannot be used; a later one is not tried.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::database::{Database, Origin};
    ///
    /// let directory = std::env::temp_dir();
    /// let database = Database::find(Some("host=db dbname=chat"), &directory)?.unwrap();
    /// assert_eq!(*database.origin(), Origin::Argument);
    /// # Ok::<(), schema_kit::DatabaseError>(())
    /// ```
    pub fn find(argument: Option<&str>, directory: &Path) -> Result<Option<Self>, DatabaseError> {
        let named = match argument {
            Some(url) => Some((url.to_owned(), Origin::Argument)),
            None => match from_environment()? {
                Some(url) => Some((url, Origin::Environment)),
                None => from_dot_env(directory)?,
            },
        };
        named
            .map(|(url, origin)| Self::parse(&url, origin))
            .transpose()
    }

    /// The database of the embedded server, made and started where it does not run, that belongs to the project a
    /// directory is part of.
    ///
    /// # Errors
    ///
    /// When there is no server to run, or it does not start.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use schema_kit::{database::Database, server::Project};
    ///
    /// let database = Database::embedded(&Project::discover(&std::env::current_dir()?))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn embedded(project: &Project) -> Result<Self, Error> {
        let running = project.ensure_running()?;
        let origin = Origin::Embedded(running.data.clone());
        Ok(Self::parse(&running.connection.url(), origin)?)
    }

    /// How to connect.
    #[must_use]
    pub fn options(&self) -> &ConnectOptions {
        &self.options
    }

    /// Where the URL was written.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The database of another name on the same server.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::database::{Database, Origin};
    ///
    /// let database = Database::parse("postgres://app@db.example/chat", Origin::Argument)?;
    /// assert_eq!(database.named("other").options().database(), "other");
    /// # Ok::<(), schema_kit::DatabaseError>(())
    /// ```
    #[must_use]
    pub fn named(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.options.config_mut().dbname(name);
        other
    }

    /// Connects, and spawns the connection on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// When the server is not reached or does not let the user in.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn connect(&self) -> Result<Client, DatabaseError> {
        let failed = |error: ConnectError| DatabaseError::Connect {
            origin: self.origin.clone(),
            error,
        };
        let (client, connection) = self.options.connect().await.map_err(failed)?;
        // How the connection ends is told by the client's next statement.
        tokio::spawn(connection);
        Ok(client)
    }
}

fn from_environment() -> Result<Option<String>, DatabaseError> {
    match env::var(VARIABLE) {
        Ok(url) if !url.is_empty() => Ok(Some(url)),
        Ok(_) | Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(DatabaseError::NotUnicode),
    }
}

/// Reads the variable from the first `.env` upwards; the environment itself is left as it is.
fn from_dot_env(directory: &Path) -> Result<Option<(String, Origin)>, DatabaseError> {
    let candidates = directory.ancestors().map(|ancestor| ancestor.join(".env"));
    let Some(path) = candidates.into_iter().find(|path| path.is_file()) else {
        return Ok(None);
    };
    let unreadable = |error: dotenvy::Error| DatabaseError::DotEnv {
        path: path.clone(),
        reason: dot_env_reason(&error),
    };
    for pair in dotenvy::from_path_iter(&path).map_err(unreadable)? {
        let (name, url) = pair.map_err(unreadable)?;
        if name == VARIABLE && !url.is_empty() {
            return Ok(Some((url, Origin::DotEnv(path.clone()))));
        }
    }
    Ok(None)
}

/// The reason without the line itself, which may be the one with the password.
fn dot_env_reason(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            "it is not UTF-8".to_owned()
        }
        dotenvy::Error::Io(error) => error.to_string(),
        dotenvy::Error::LineParse(line, _) => {
            let name = line.split_once('=').map_or("", |(name, _)| name.trim());
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            if !name.is_empty() && name.chars().all(is_name) {
                format!("the line of `{name}` is not `NAME=value`")
            } else {
                "a line of it is not `NAME=value`".to_owned()
            }
        }
        _ => "it is not a list of `NAME=value`".to_owned(),
    }
}
