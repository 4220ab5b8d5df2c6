//! The kit's command line over the chat application's schema, and the demonstration.

mod demo;

use std::process::ExitCode;

use app_schema::CHAT;
use schema_kit::{Kit, migration::MigrationSource};

/// The migrations, built into the binary so that it runs anywhere.
const MIGRATIONS: MigrationSource = MigrationSource::Embedded(&[(
    "20261122000000_create_chat",
    include_str!("../migrations/20261122000000_create_chat/up.sql"),
)]);

fn main() -> ExitCode {
    Kit::new(&CHAT)
        .migrations(MIGRATIONS)
        .command(demo::Demo)
        .main()
}
