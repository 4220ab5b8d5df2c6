//! Migrations: files on disk or built into the binary, the history of those applied, and the runner.
//!
//! A migration is a directory `<version>_<name>` with an `up.sql`, and a `down.sql` where it can be taken back. [`apply()`]
//! runs the pending ones in the order of their versions under an advisory lock of the database, each in a transaction of
//! its own together with its row in the table `schema_kit.history`, or part by part where PostgreSQL has statements that no
//! transaction holds, or where the file says `BEGIN` and `COMMIT`. [`status`] compares without changing anything, and [`preview`] says what would run. [`down`] and
//! [`redo`] go back; [`baseline`] and [`repair()`] change the history alone; [`squash()`] makes one migration of many.
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
mod difference;
mod down;
mod error;
mod event;
mod excerpt;
mod failure;
mod files;
mod history;
mod job;
pub(crate) mod lexer;
mod lock;
mod operation;
mod options;
mod part;
#[cfg(feature = "cli")]
mod pushed;
mod refusal;
mod repair;
mod runner;
mod session;
#[cfg(feature = "cli")]
mod squash;
mod state;

#[cfg(feature = "cli")]
pub use self::squash::{Squashed, squash};
pub use self::{
    apply::{Preview, PreviewedMigration, PreviewedPart, Summary, apply, preview, status},
    difference::Difference,
    down::{Back, down, redo},
    error::{Left, MigrationError},
    event::{Direction, Event, Step},
    excerpt::Excerpt,
    files::{EmbeddedMigration, Migration, MigrationSource, Migrations, Replaced, Script},
    history::{Applied, HISTORY_NAMESPACE, HISTORY_TABLE, Kind, Progress},
    lock::LockHolder,
    options::{Options, Transactions},
    refusal::Refusal,
    repair::{Decision, baseline, repair},
    state::{Entry, Problem, State, Status},
};
#[cfg(feature = "cli")]
pub(crate) use self::{
    checksum::checksum_of,
    files::SNAPSHOT_FILE,
    pushed::{read_pushed, write_pushed},
};
pub use crate::embed::Version;
