//! The command line: one subcommand per file, each a thin layer over the library.
//!
//! Results go to standard output, everything else to standard error; nothing waits for a keyboard
//! where there is no terminal.

mod back;
mod check;
mod context;
mod ddl;
mod diff;
mod explain;
mod file;
mod generate;
mod kit;
mod lint;
mod migrate;
mod plan;
mod progress;
mod prompt;
mod pull;
mod push;
mod rebase;
mod repair;
mod report;
mod runner;
mod seed;
mod server;
mod squash;
mod status;
mod style;

pub use self::{
    context::Context,
    kit::{Failure, Kit, Subcommand},
    seed::Seeding,
};
