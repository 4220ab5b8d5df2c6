//! What can go wrong while a database is read.

use schema_core::error::SchemaError;
use tokio_postgres::error::SqlState;

/// An error of reading a database's schema. Nothing was changed.
///
/// # Examples
///
/// ```
/// use schema_kit::IntrospectError;
///
/// let error = IntrospectError::ServerTooOld { version: "13.4".into() };
/// assert_eq!(error.to_string(), "the server runs PostgreSQL 13.4; 14 or newer is needed");
/// assert!(error.help().is_some());
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntrospectError {
    /// The server is too old.
    #[error("the server runs PostgreSQL {version}; 14 or newer is needed")]
    ServerTooOld {
        /// Its version.
        version: String,
    },
    /// The server did not answer a question.
    #[error("cannot read the database's {what}")]
    Query {
        /// What was asked for, in the plural: `columns`.
        what: &'static str,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// An answer is not of the form the catalogs are documented in.
    #[error("cannot understand what the server says of {what}: {reason}")]
    Decode {
        /// What was asked for, in the plural: `columns`.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A type's name cannot be read.
    #[error("cannot understand the type of {of}")]
    Type {
        /// Whose type it is.
        of: String,
        /// Why.
        source: Box<SchemaError>,
    },
    /// A statement that makes a schema failed on the scratch database.
    #[error("the scratch database refuses a statement of the schema: {statement}")]
    Statement {
        /// The statement.
        statement: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// The database that should be empty is not.
    #[error("the scratch database is not empty: it has {object}")]
    NotEmpty {
        /// One of the objects it has.
        object: String,
    },
}

impl IntrospectError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::ServerTooOld { .. } => "upgrade the server, or name another one",
            Self::Query { source, .. } => return query_help(source),
            Self::Decode { .. } | Self::Type { .. } => {
                "this is a mistake of the kit or a server newer than it: report it with the server's version"
            }
            Self::Statement { .. } => {
                "correct the SQL in the schema; the scratch database is as it was before"
            }
            Self::NotEmpty { .. } => "name an empty database: what is in it is never touched",
        };
        Some(text.to_owned())
    }
}

fn query_help(source: &tokio_postgres::Error) -> Option<String> {
    let text = match source.code() {
        None => "the connection was lost: try again",
        Some(code) if *code == SqlState::INSUFFICIENT_PRIVILEGE => {
            "connect as a role that may read the system catalogs"
        }
        // A catalog's row went away between the snapshot and a function that looks at the present.
        Some(code)
            if [
                SqlState::UNDEFINED_OBJECT,
                SqlState::UNDEFINED_TABLE,
                SqlState::INTERNAL_ERROR,
            ]
            .contains(code) =>
        {
            "the database was changed while it was read: try again"
        }
        Some(_) => return None,
    };
    Some(text.to_owned())
}
