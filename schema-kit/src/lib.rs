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
//! [`Kit`] adds subcommands of the application's own and migrations built into the binary. Each command is a thin
//! layer: [`migration`] applies migrations, [`database`] decides which database is meant, and both print nothing;
//! [`catalogue`] explains the errors the compiler shows.

pub mod catalogue;
pub mod cli;
pub mod database;
pub mod diff;
pub mod error;
mod exit_code;
pub mod introspect;
pub mod lint;
pub mod migration;
pub mod normalize;
pub mod plan;
pub mod pull;
pub mod server;
pub mod snapshot;
pub mod testing;

use std::process::ExitCode;

use schema_core::def::SchemaDef;

pub use clap;

pub use crate::{
    cli::{Context, Kit, Subcommand},
    error::{DatabaseError, Error, MigrationError, OutputError, ServerError},
    exit_code::ExitStatus,
    introspect::IntrospectError,
    snapshot::SnapshotError,
};

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
#[must_use = "the exit code is the command's result"]
pub fn main(schema: &'static SchemaDef) -> ExitCode {
    Kit::new(schema).main()
}
