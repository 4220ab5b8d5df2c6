//! The kit's errors, one enum per area; a message says what, where and how to fix it.
//!
//! The message itself says what; [`Error::location`] and [`Error::help`] the rest, and the cause is the
//! [`source`](std::error::Error::source). The command line prints all of them.

mod database;
mod output;
mod proof;
mod push;
mod server;
mod source;

pub use self::{
    database::{DatabaseError, Origin},
    output::OutputError,
    proof::ProofError,
    push::PushError,
    server::ServerError,
    source::SourceError,
};
pub use crate::migration::{Excerpt, MigrationError};

/// Anything that can go wrong in the kit.
///
/// # Examples
///
/// ```
/// use schema_kit::{Error, MigrationError};
///
/// let error = Error::from(MigrationError::DirectoryMissing { path: "migrations".into() });
/// assert_eq!(error.to_string(), "there is no migrations directory `migrations`");
/// assert!(error.help().is_some());
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The schema cannot be made into DDL.
    #[error(transparent)]
    Schema(Box<schema_core::error::SchemaError>),
    /// The database could not be chosen or reached.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The migrations could not be read or applied.
    #[error(transparent)]
    Migration(#[from] MigrationError),
    /// A database's schema could not be read.
    #[error(transparent)]
    Introspect(#[from] crate::introspect::IntrospectError),
    /// A snapshot could not be read.
    #[error(transparent)]
    Snapshot(#[from] crate::snapshot::SnapshotError),
    /// A schema could not be read from where it is.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A hint about a rename cannot be followed.
    #[error(transparent)]
    Rename(#[from] crate::diff::RenameError),
    /// There is no statement for a change.
    #[error(transparent)]
    Plan(#[from] crate::plan::PlanError),
    /// A plan does not do what it should.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The source of a database could not be written.
    #[error(transparent)]
    Pull(#[from] crate::pull::PullError),
    /// The migrations and their snapshots could not be read.
    #[error(transparent)]
    Chain(#[from] crate::chain::ChainError),
    /// A migration was not made.
    #[error(transparent)]
    Generate(#[from] crate::generate::GenerateError),
    /// A database was not brought to the compiled schema.
    #[error(transparent)]
    Push(#[from] PushError),
    /// The embedded server failed.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The result could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl Error {
    /// Where it happened: a file and line, a server, with the piece of SQL below where there is one.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Database(error) => error.location(),
            Self::Migration(error) => error.location(),
            Self::Source(error) => error.location(),
            Self::Proof(error) => error.location(),
            Self::Chain(error) => error.location(),
            Self::Schema(_)
            | Self::Generate(_)
            | Self::Introspect(_)
            | Self::Push(_)
            | Self::Snapshot(_)
            | Self::Rename(_)
            | Self::Plan(_)
            | Self::Pull(_)
            | Self::Server(_)
            | Self::Output(_) => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Database(error) => error.help(),
            Self::Migration(error) => error.help(),
            Self::Introspect(error) => error.help(),
            Self::Snapshot(error) => Some(error.help().to_owned()),
            Self::Source(error) => error.help(),
            Self::Rename(error) => Some(error.help().to_owned()),
            Self::Plan(error) => Some(error.help.to_owned()),
            Self::Proof(error) => Some(error.help().to_owned()),
            Self::Pull(error) => Some(error.help()),
            Self::Chain(error) => error.help(),
            Self::Generate(error) => error.help(),
            Self::Push(error) => error.help(),
            // Their messages say what to do themselves.
            Self::Schema(_) | Self::Server(_) => None,
            Self::Output(error) => error.help(),
        }
    }

    /// Whether the arguments are at fault, which has an exit code of its own.
    #[must_use]
    pub fn is_bad_argument(&self) -> bool {
        match self {
            Self::Database(error) => error.is_bad_argument(),
            Self::Source(SourceError::Missing { .. }) | Self::Rename(_) => true,
            Self::Generate(error) => error.is_bad_argument(),
            _ => false,
        }
    }

    /// Whether the reader of the output went away, which is no failure of the command.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.is_broken_pipe())
    }
}
