//! `down` and `redo`: take migrations back.

use clap::{Arg, ArgMatches, Command, value_parser};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    runner::{self, flag, to_argument},
};
use crate::{
    exit_code::ExitStatus,
    migration::{self, Back, Version},
};

#[derive(Debug)]
pub(super) struct Down;

#[derive(Debug)]
pub(super) struct Redo;

impl Subcommand for Down {
    fn command(&self) -> Command {
        let steps = Arg::new("steps")
            .long("steps")
            .value_name("COUNT")
            .value_parser(value_parser!(usize))
            .default_value("1")
            .help("How many to take back");
        let command = Command::new("down")
            .about("Takes the newest migrations back by their down.sql")
            .long_about(
                "Takes the newest migrations back, newest first, by their down.sql. Each runs in a transaction of its own, \
                 in which its row leaves the table schema_kit.history. Nothing runs where one of them has no down.sql, or \
                 was edited after it was applied.",
            )
            .after_help("Examples:\n  down\n  down --steps 3\n  down --to 0004");
        runner::with_options(command)
            .arg(steps)
            .arg(to_argument("The version to go back to, which stays").conflicts_with("all"))
            .arg(flag("all", "Take all of them back"))
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let options = runner::options(matches);
        let back = match matches.get_one::<Version>("to") {
            Some(version) => Back::To(version.clone()),
            None if matches.get_flag("all") => Back::All,
            None => Back::Steps(matches.get_one("steps").copied().unwrap_or(1)),
        };
        let summary = runner::run(cx, async |client, observe| {
            migration::down(client, &migrations, &back, &options, observe).await
        })?;
        cx.print(&runner::render(matches, &summary, "took back"))?;
        Ok(ExitStatus::Done)
    }
}

impl Subcommand for Redo {
    fn command(&self) -> Command {
        let command = Command::new("redo")
            .about("Takes the newest migration back and applies it again")
            .long_about(
                "Takes the newest migration back by its down.sql and applies it again, under one lock: for a migration \
                 that is being written.",
            )
            .after_help("Examples:\n  redo");
        runner::with_options(command)
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let options = runner::options(matches);
        let summary = runner::run(cx, async |client, observe| {
            migration::redo(client, &migrations, &options, observe).await
        })?;
        cx.print(&runner::render(matches, &summary, "applied"))?;
        Ok(ExitStatus::Done)
    }
}
