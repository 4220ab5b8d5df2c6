//! The kit's command line over the chat application's schema, and the demonstration.

mod demo;

use std::process::ExitCode;

use app_schema::{CHAT, MIGRATIONS};
use schema_kit::Kit;

fn main() -> ExitCode {
    Kit::new(&CHAT)
        .migrations(MIGRATIONS)
        .command(demo::Demo)
        .main()
}
