//! The embedded default: a real PostgreSQL server, found on this machine or fetched, run for the
//! project or for the tests.
//!
//! - [`Project`] is the server of a project. Its data lives in the project's ignored `.schema/`
//!   directory; it keeps running between commands until [`Project::stop`].
//! - [`Throwaway`] is a server for tests and scratch work. It does not wait for the disk, and it is
//!   gone with its last user, even one that was killed.
//! - [`find`] lists the installed servers.
//!
//! Everything here blocks and needs no async runtime, so that both sorts of program can call it.
//!
//! # Who may connect
//! On Unix a server listens on a socket in a directory only its owner can enter, and the system
//! vouches for the caller (`peer`): the user who runs the kit is the superuser, without a password.
//! On Windows it listens on a random port of 127.0.0.1 and wants a random password.
//!
//! # As root
//! PostgreSQL refuses to run as root, so root's servers run as `postgres`, or as `nobody`.
//!
//! ```no_run
//! use schema_kit::server::Project;
//!
//! # fn main() -> Result<(), schema_kit::ServerError> {
//! let running = Project::discover(&std::env::current_dir().unwrap_or_default()).ensure_running()?;
//! println!("PostgreSQL {} at {}", running.version, running.connection.url());
//! # Ok(())
//! # }
//! ```

mod cluster;
mod connection;
mod environment;
#[cfg(feature = "fetch")]
pub mod fetch;
mod files;
mod find;
mod guard;
mod locate;
mod pidfile;
mod process;
mod progress;
mod project;
mod settings;
mod socket;
mod stale;
mod throwaway;
mod user;
mod version;

pub use cluster::StopMode;
pub use connection::{Address, Connection};
pub use environment::Environment;
pub use find::{Installation, Search, find};
pub use progress::{OnProgress, Progress};
pub use project::{DIRECTORY, Listen, Project, Running, State, Status};
pub(crate) use socket::short_name;
pub use throwaway::Throwaway;
pub use version::{OLDEST_SUPPORTED, Version};
