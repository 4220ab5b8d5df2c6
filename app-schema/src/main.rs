//! The kit's command line over the chat application's schema, and the demonstration.

mod demo;

use std::process::ExitCode;

use app_schema::{CHAT, MIGRATIONS};
use schema_kit::Kit;

fn main() -> ExitCode {
    Kit::new(&CHAT)
        .migrations(MIGRATIONS)
        .migrations_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
        .seed("chat", demo::seed)
        .command(demo::Demo)
        .main()
}
