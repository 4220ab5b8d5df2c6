//! The command line: one subcommand per file, each a thin layer over the library.
//!
//! Results go to standard output, everything else to standard error; nothing waits for a keyboard.

mod context;
mod ddl;
mod explain;
mod file;
mod kit;
mod lint;
mod migrate;
mod progress;
mod pull;
mod report;
mod server;
mod status;
mod style;

pub use self::{
    context::Context,
    kit::{Failure, Kit, Subcommand},
};
