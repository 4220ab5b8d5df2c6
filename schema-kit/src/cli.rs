//! The command line: one subcommand per file, each a thin layer over the library.
//!
//! Results go to standard output, everything else to standard error; nothing waits for a keyboard
//! where there is no terminal.

mod context;
mod ddl;
mod explain;
mod file;
mod generate;
mod kit;
mod lint;
mod migrate;
mod progress;
mod prompt;
mod pull;
mod rebase;
mod report;
mod server;
mod status;
mod style;

pub use self::{
    context::Context,
    kit::{Failure, Kit, Subcommand},
};
