//! Migrations: files on disk or built into the binary, the history of those applied, and the runner.
//!
//! A migration is a directory `<version>_<name>` with an `up.sql`. [`apply`] runs the pending ones in the order of
//! their versions, each in a transaction of its own together with its row in the table `schema_kit.history`, under an
//! advisory lock of the database. [`status`] compares without changing anything.
//!
//! ```no_run
//! use schema_kit::migration::{self, MigrationSource, Options};
//!
//! # async fn example(mut client: tokio_postgres::Client) -> Result<(), schema_kit::MigrationError> {
//! let migrations = MigrationSource::Directory("migrations".into()).load()?;
//! let summary = migration::apply(&mut client, &migrations, &Options::default(), &mut |_| {}).await?;
//! println!("{} applied", summary.applied.len());
//! # Ok(())
//! # }
//! ```

mod apply;
mod checksum;
mod error;
mod excerpt;
mod files;
mod history;
mod lexer;
mod lock;
mod refusal;
mod session;
mod state;

#[cfg(feature = "cli")]
pub(crate) use self::{checksum::checksum_of, files::SNAPSHOT_FILE};
pub use crate::embed::Version;

pub use self::{
    apply::{Event, Options, Summary, apply, status},
    error::MigrationError,
    excerpt::Excerpt,
    files::{EmbeddedMigration, Migration, MigrationSource, Migrations, Script},
    history::{Applied, HISTORY_NAMESPACE, HISTORY_TABLE},
    lock::LockHolder,
    refusal::Refusal,
    state::{Entry, Problem, State, Status},
};
