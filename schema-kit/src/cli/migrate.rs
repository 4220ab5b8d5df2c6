//! `migrate`: brings a database up to date.

use std::{path::PathBuf, time::Duration};

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use super::{
    context::Context,
    kit::{Failure, Subcommand},
};
use crate::{
    exit_code::ExitStatus,
    migration::{Options, Summary},
};

#[derive(Debug)]
pub(super) struct Migrate;

impl Subcommand for Migrate {
    fn command(&self) -> Command {
        let lock_wait = Arg::new("lock-wait")
            .long("lock-wait")
            .value_name("SECONDS")
            .value_parser(value_parser!(u64))
            .default_value("60")
            .help("How long to wait for another runner");
        let format = Arg::new("format")
            .long("format")
            .value_parser(["text", "json"])
            .default_value("text")
            .help("Text to read, or JSON for a program");
        Command::new("migrate")
            .about("Applies the migrations that the database does not have yet")
            .long_about(
                "Applies the migrations that the database does not have yet, in the order of their versions. A \
                 migration is a directory <version>_<name> with a file up.sql. Each runs in a transaction of its own \
                 together with its row in the table schema_kit.history: one that fails leaves no trace. Of several \
                 runners at once one works and the others wait. Nothing runs when a migration was edited or removed \
                 after it was applied, or comes before one that is applied.",
            )
            .after_help(
                "Examples:\n  migrate\n  migrate --migrations db/migrations --lock-wait 300\n  migrate --format json\n  \
                 DATABASE_URL=postgres://app@localhost/chat migrate",
            )
            .arg(migrations_argument())
            .arg(lock_wait)
            .arg(format)
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let lock_wait = matches
            .get_one::<u64>("lock-wait")
            .copied()
            .unwrap_or_default();
        let options = Options::default().lock_wait(Duration::from_secs(lock_wait));
        let database = cx.database()?;
        let summary = cx.block_on(cx.migrate(&database, &migrations, &options))?;
        let text = match matches.get_one::<String>("format").map(String::as_str) {
            Some("json") => render_json(&summary),
            _ => render(&summary),
        };
        cx.print(&text)?;
        Ok(ExitStatus::Done)
    }
}

/// The option that `migrate` and `status` share.
pub(super) fn migrations_argument() -> Arg {
    Arg::new("migrations")
        .long("migrations")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .help("The directory of migrations, instead of the application's own")
}

fn render_json(summary: &Summary) -> String {
    let value = json!({
        "database": summary.database,
        "applied": summary.applied,
        "newest": summary.newest,
    });
    format!("{value:#}\n")
}

fn render(summary: &Summary) -> String {
    let Summary {
        database,
        applied,
        newest,
    } = summary;
    match (applied.len(), newest) {
        (0, None) => format!("nothing to do: there are no migrations for database `{database}`\n"),
        (0, Some(newest)) => format!("nothing to do: database `{database}` is at {newest}\n"),
        (1, _) => format!(
            "applied 1 migration to database `{database}`: {}\n",
            applied[0]
        ),
        (count, _) => format!(
            "applied {count} migrations to database `{database}`: {} to {}\n",
            applied[0],
            applied[count - 1]
        ),
    }
}
