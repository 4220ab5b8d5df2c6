//! What a developer runs beside `schema-core`: the command line over a schema, and all it does as a library.
//!
//! An application's own command line is one line:
//!
//! ```no_run
//! # use schema_core::def::SchemaDef;
//! # static CHAT: SchemaDef = SchemaDef::new("CHAT");
//! fn main() -> std::process::ExitCode {
//!     schema_kit::main(&CHAT)
//! }
//! ```
//!
//! A service that only runs its own migrations at start-up needs neither: with `default-features = false` and the feature
//! `migrate` the crate is [`migration`] and [`embed`], without the command line and what it depends on.
//!
//! [`Kit`] adds subcommands of the application's own and migrations built into the binary. Each command is a thin
//! layer: [`migration`] applies migrations, [`database`] decides which database is meant, and both print nothing;
//! [`catalogue`] explains the errors the compiler shows.

#[cfg(feature = "cli")]
pub mod catalogue;
#[cfg(feature = "cli")]
pub mod chain;
#[cfg(feature = "cli")]
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod database;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "cli")]
pub mod drift;
pub mod embed;
#[cfg(feature = "cli")]
pub mod error;
#[cfg(feature = "cli")]
mod exit_code;
#[cfg(feature = "cli")]
pub mod generate;
#[cfg(feature = "cli")]
pub mod introspect;
#[cfg(feature = "cli")]
pub mod lint;
#[cfg(feature = "migrate")]
pub mod migration;
#[cfg(feature = "cli")]
pub mod normalize;
#[cfg(feature = "cli")]
pub mod pattern;
#[cfg(feature = "cli")]
pub mod plan;
#[cfg(feature = "cli")]
pub mod proof;
#[cfg(feature = "cli")]
pub mod pull;
#[cfg(feature = "cli")]
pub mod push;
#[cfg(feature = "cli")]
pub mod reset;
#[cfg(feature = "cli")]
pub mod scratch;
#[cfg(feature = "cli")]
pub mod server;
#[cfg(feature = "cli")]
pub mod snapshot;
#[cfg(feature = "cli")]
pub mod source;
#[cfg(feature = "cli")]
pub mod testing;
mod version;

#[cfg(feature = "cli")]
pub use clap;

#[cfg(feature = "migrate")]
pub use crate::migration::MigrationError;
#[cfg(feature = "cli")]
pub use crate::{
    cli::{Context, Kit, Subcommand},
    error::{DatabaseError, Error, OutputError, ProofError, ServerError, SourceError},
    exit_code::ExitStatus,
    introspect::IntrospectError,
    snapshot::SnapshotError,
};

/// The migrations of a directory as part of the binary: a [`MigrationSource`](migration::MigrationSource), constant.
///
/// The crate's build script lists them with [`embed::list`], under the same directory's name.
///
/// ```text
/// const MIGRATIONS: MigrationSource = schema_kit::embed_migrations!("migrations");
/// ```
#[cfg(feature = "migrate")]
#[macro_export]
macro_rules! embed_migrations {
    ($directory:literal) => {
        $crate::migration::MigrationSource::Embedded(include!(concat!(
            env!("OUT_DIR"),
            "/",
            $directory,
            ".rs"
        )))
    };
}

/// Runs the command line over a schema with the process's arguments: the whole `main` of a user's binary.
///
/// # Examples
///
/// ```no_run
/// # use schema_core::def::SchemaDef;
/// # static CHAT: SchemaDef = SchemaDef::new("CHAT");
/// fn main() -> std::process::ExitCode {
///     schema_kit::main(&CHAT)
/// }
/// ```
#[cfg(feature = "cli")]
#[must_use = "the exit code is the command's result"]
pub fn main(schema: &'static schema_core::def::SchemaDef) -> std::process::ExitCode {
    Kit::new(schema).main()
}
