//! Errors: one [`Error`] over one enum per area.

mod attribute;
mod build;
mod live;
mod row;
mod schema;
mod snowflake;

use std::fmt;

#[cfg(feature = "connect")]
use crate::connect::ConnectError;

pub use self::{
    attribute::AttributeError,
    build::BuildError,
    live::{LiveError, Shortfall},
    row::{ColumnPlace, RowError, ValueError},
    schema::{Place, SchemaError},
    snowflake::SnowflakeError,
};

/// Anything that can go wrong in this crate.
///
/// # Examples
///
/// ```
/// use schema_core::{Error, Id};
///
/// struct User;
///
/// let error = Error::from(Id::<User>::from_i64(-1).unwrap_err());
/// assert!(matches!(error, Error::Snowflake(_)));
/// assert!(error.code().is_none());
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A row that does not fit its struct.
    Row(Box<RowError>),
    /// An id that cannot be made or read.
    Snowflake(SnowflakeError),
    /// A schema that PostgreSQL would refuse.
    Schema(Box<SchemaError>),
    /// A build step that cannot write its file.
    Build(Box<BuildError>),
    /// A database that lacks what the compiled schema says.
    Live(Box<LiveError>),
    /// A database that cannot be reached.
    #[cfg(feature = "connect")]
    Connect(Box<ConnectError>),
    /// What the server or the connection to it reported.
    Database(tokio_postgres::Error),
}

impl Error {
    /// The [SQLSTATE](https://www.postgresql.org/docs/current/errcodes-appendix.html) the server gave, if it was the
    /// server that refused.
    #[must_use]
    pub fn code(&self) -> Option<&tokio_postgres::error::SqlState> {
        match self {
            Self::Database(error) => error.code(),
            #[cfg(feature = "connect")]
            Self::Connect(error) => error.code(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(error) => error.fmt(f),
            Self::Snowflake(error) => error.fmt(f),
            Self::Schema(error) => error.fmt(f),
            Self::Build(error) => error.fmt(f),
            Self::Live(error) => error.fmt(f),
            #[cfg(feature = "connect")]
            Self::Connect(error) => error.fmt(f),
            Self::Database(_) => f.write_str("the database reported an error"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Row(error) => error.source(),
            Self::Snowflake(error) => error.source(),
            Self::Schema(error) => error.source(),
            Self::Build(error) => error.source(),
            Self::Live(error) => error.source(),
            #[cfg(feature = "connect")]
            Self::Connect(error) => error.source(),
            Self::Database(error) => Some(error),
        }
    }
}

impl From<RowError> for Error {
    fn from(error: RowError) -> Self {
        Self::Row(Box::new(error))
    }
}

impl From<SnowflakeError> for Error {
    fn from(error: SnowflakeError) -> Self {
        Self::Snowflake(error)
    }
}

impl From<SchemaError> for Error {
    fn from(error: SchemaError) -> Self {
        Self::Schema(Box::new(error))
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Build(Box::new(error))
    }
}

impl From<LiveError> for Error {
    fn from(error: LiveError) -> Self {
        Self::Live(Box::new(error))
    }
}

#[cfg(feature = "connect")]
impl From<ConnectError> for Error {
    fn from(error: ConnectError) -> Self {
        Self::Connect(Box::new(error))
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error)
    }
}
