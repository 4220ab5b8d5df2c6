//! What the commands that run migrations share: their options, and the text of what was done.

use std::{path::PathBuf, time::Duration};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;

use super::{context::Context, progress};
use crate::{
    error::{Error, MigrationError},
    migration::{Event, Options, Summary, Version},
};

/// The text of `--help` about locks and timeouts.
const LOCKS: &str = "Of several runners at once one works and the others wait, telling for whom.";

/// Adds the options of every command that runs migrations.
pub(super) fn with_options(command: Command) -> Command {
    let retries = Arg::new("retries")
        .long("retries")
        .value_name("COUNT")
        .value_parser(value_parser!(u32))
        .default_value("10")
        .help("How often a part is tried again after a lock, a timeout or a deadlock")
        .long_help(
            "How often a part is tried again that failed because of a lock, a timeout, a deadlock or a serialization \
             failure; the pauses between double from half a second to 30 seconds",
        );
    command
        .arg(migrations_argument())
        .arg(
            seconds("lock-wait", "How long to wait for another runner")
                .default_value("60")
                .long_help(format!("How long to wait for another runner. {LOCKS}")),
        )
        .arg(
            seconds("lock-timeout", "How long a statement may wait for a lock")
                .default_value("3")
                .long_help(
                    "How long a statement may wait for a lock, and so keep everybody behind it waiting; 0 is no limit. \
                     A file's own SET lock_timeout wins, and indexes made concurrently have no limit, since they keep \
                     nobody waiting",
                ),
        )
        .arg(
            seconds("statement-timeout", "How long a statement may run").long_help(
                "How long a statement may run; 0 is no limit. Without it what the role or the server has set stays, and \
                 a file's own SET statement_timeout wins",
            ),
        )
        .arg(retries)
        .arg(format_argument())
}

/// Where the migrations are.
pub(super) fn migrations_argument() -> Arg {
    Arg::new("migrations")
        .long("migrations")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .help("The directory of migrations, instead of the application's own")
}

/// A version to stop at.
pub(super) fn to_argument(help: &'static str) -> Arg {
    Arg::new("to")
        .long("to")
        .value_name("VERSION")
        .value_parser(parse_version)
        .help(help)
}

/// A flag.
pub(super) fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

/// A number of seconds.
pub(super) fn seconds(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("SECONDS")
        .value_parser(parse_seconds)
        .help(help)
}

fn format_argument() -> Arg {
    Arg::new("format")
        .long("format")
        .value_parser(["text", "json"])
        .default_value("text")
        .help("Text to read, or JSON for a program")
}

/// Whether the output is for a program.
pub(super) fn is_json(matches: &ArgMatches) -> bool {
    matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json")
}

/// The options as given.
pub(super) fn options(matches: &ArgMatches) -> Options {
    let seconds = |name: &str| matches.get_one::<Duration>(name).copied();
    let defaults = Options::default();
    let retries = matches.get_one::<u32>("retries").copied();
    Options::default()
        .lock_wait(seconds("lock-wait").unwrap_or(defaults.lock_wait))
        .lock_timeout(seconds("lock-timeout"))
        .statement_timeout(seconds("statement-timeout"))
        .retry(retries.unwrap_or(defaults.retries), defaults.retry_pause)
}

/// Runs one of the runner's functions on a connection of its own, telling what it does.
pub(super) fn run<T>(
    cx: &Context<'_>,
    work: impl AsyncFnOnce(
        &mut tokio_postgres::Client,
        &mut (dyn FnMut(Event<'_>) + Send),
    ) -> Result<T, MigrationError>,
) -> Result<T, Error> {
    let database = cx.database()?;
    cx.block_on(async {
        let mut client = database.connect().await?;
        let mut observe = |event: Event<'_>| progress::tell(cx, &event);
        Ok(work(&mut client, &mut observe).await?)
    })
}

/// Renders what was done: `verb` is `applied`, or what else was done to the migrations.
pub(super) fn render(matches: &ArgMatches, summary: &Summary, verb: &str) -> String {
    if is_json(matches) {
        let value = json!({
            "database": summary.database,
            (verb.replace(' ', "_")): summary.applied,
            "marked": summary.marked,
            "newest": summary.newest,
        });
        return format!("{value:#}\n");
    }
    let database = &summary.database;
    let counted = |ids: &[String]| match ids {
        [id] => format!("1 migration to database `{database}`: {id}"),
        [first, .., last] => {
            let count = ids.len();
            format!("{count} migrations to database `{database}`: {first} to {last}")
        }
        [] => String::new(),
    };
    let counted = |ids: &[String]| match verb {
        "applied" => counted(ids),
        _ => counted(ids).replacen(" to database", " of database", 1),
    };
    match (&summary.applied[..], &summary.marked[..], &summary.newest) {
        ([], [], None) => {
            format!("nothing to do: there are no migrations for database `{database}`\n")
        }
        ([], [], Some(newest)) => format!("nothing to do: database `{database}` is at {newest}\n"),
        ([], marked, _) => format!("recorded {}\n", counted(marked)),
        (applied, _, _) => format!("{verb} {}\n", counted(applied)),
    }
}

fn parse_seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| "a number of seconds is expected, such as 3 or 0.5".to_owned())
}

pub(super) fn parse_version(text: &str) -> Result<Version, String> {
    // The whole name of a migration serves as well.
    let version =
        Version::parse(text).or_else(|| Version::parse_id(text).map(|(version, _)| version));
    version.ok_or_else(|| "a migration's version is expected, such as 0002".to_owned())
}
