//! `baseline` and `repair`: what the history says, changed without running a migration.

use clap::{Arg, ArgMatches, Command};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    runner::{self, to_argument},
};
use crate::{
    exit_code::ExitStatus,
    migration::{self, Decision, Direction, Entry, State, Status, Version},
};

#[derive(Debug)]
pub(super) struct Baseline;

#[derive(Debug)]
pub(super) struct Repair;

impl Subcommand for Baseline {
    fn command(&self) -> Command {
        let command = Command::new("baseline")
            .about("Records migrations as applied without running them")
            .long_about(
                "Records migrations as applied without running them: for a database that has what they make already. It is \
                 refused where the database has a history.",
            )
            .after_help("Examples:\n  baseline --to 0001\n  baseline");
        runner::with_options(command).arg(to_argument("The last version to record; without it all"))
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let options = runner::options(matches).to(matches.get_one::<Version>("to").cloned());
        let summary = runner::run(cx, async |client, observe| {
            migration::baseline(client, &migrations, &options, observe).await
        })?;
        cx.print(&runner::render(matches, &summary, "applied"))?;
        Ok(ExitStatus::Done)
    }
}

impl Subcommand for Repair {
    fn command(&self) -> Command {
        let version = Arg::new("version")
            .value_name("VERSION")
            .value_parser(runner::parse_version)
            .requires("as")
            .help("The migration to decide about; without it what can be repaired is explained");
        let decision = Arg::new("as")
            .long("as")
            .value_name("DECISION")
            .value_parser(["applied", "pending", "resume"])
            .requires("version")
            .help("What its row is to say");
        let command = Command::new("repair")
            .about("Explains migrations that do not fit the history, and changes their rows on demand")
            .long_about(
                "Explains migrations that do not fit the history, and changes their rows on demand; no statement of a \
                 migration is run.\n\n--as applied: the database has all of it, as the file is now.\n--as pending: the \
                 database has nothing of it; a file that is there runs with the next `migrate`.\n--as resume: the parts \
                 that are done stay, and the rest runs as the file is now.\n\nWithout a version the exit code is 3 where \
                 there is something to repair.",
            )
            .after_help("Examples:\n  repair\n  repair 0007 --as resume");
        runner::with_options(command).arg(version).arg(decision)
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let options = runner::options(matches);
        let decision = match matches.get_one::<String>("as").map(String::as_str) {
            Some("applied") => Decision::Applied,
            Some("pending") => Decision::Pending,
            _ => Decision::Resume,
        };
        if let Some(version) = matches.get_one::<Version>("version") {
            let id = runner::run(cx, async |client, observe| {
                let decided = (version, decision);
                migration::repair(client, &migrations, decided, &options, observe).await
            })?;
            cx.print(&format!("{id} is {}\n", name(decision)))?;
            return Ok(ExitStatus::Done);
        }
        let status = runner::run(cx, async |client, _| {
            migration::status(client, &migrations).await
        })?;
        let text = explain(&status);
        if text.is_empty() {
            cx.print(&format!(
                "nothing to repair in database `{}`\n",
                status.database
            ))?;
            return Ok(ExitStatus::Done);
        }
        cx.print(&text)?;
        Ok(ExitStatus::DifferencesFound)
    }
}

fn name(decision: Decision) -> &'static str {
    match decision {
        Decision::Applied => "recorded as applied",
        Decision::Pending => "pending",
        Decision::Resume => "to be gone on with",
    }
}

/// Explains each migration that is not simply applied or pending, with what can be done about it.
fn explain(status: &Status) -> String {
    let mut text = String::new();
    for entry in &status.entries {
        let problem = status
            .problems
            .iter()
            .find(|problem| problem.id == entry.id());
        let (what, ways) = match (problem, entry.state) {
            (_, State::Interrupted) => explain_interrupted(entry),
            (Some(problem), state) => (problem.to_string(), ways_of(entry, state)),
            (None, _) => continue,
        };
        text.push_str(&format!("{what}\n"));
        for (command, effect) in ways {
            text.push_str(&format!("  {command}\n      {effect}\n"));
        }
    }
    text
}

/// A command, and what it does.
type Way = (String, &'static str);

fn explain_interrupted(entry: &Entry) -> (String, Vec<Way>) {
    let progress = entry
        .applied
        .as_ref()
        .and_then(|applied| applied.progress.as_ref());
    let (done, total) = progress.map_or((0, 0), |progress| (progress.done, progress.steps.len()));
    let (verb, command) = match entry.direction() {
        Some(Direction::Down) => ("is being taken back", "down"),
        _ => ("failed or was interrupted", "migrate"),
    };
    let id = entry.id();
    let what = format!("`{id}` {verb}: {done} of {total} parts are done");
    let mut ways = vec![(
        command.to_owned(),
        "goes on with it; nothing that is done is done again",
    )];
    ways.extend(ways_of(entry, State::Interrupted));
    (what, ways)
}

fn ways_of(entry: &Entry, state: State) -> Vec<Way> {
    let way =
        |decision: &str, effect| (format!("repair {} --as {decision}", entry.version), effect);
    let is_midway = entry
        .applied
        .as_ref()
        .is_some_and(|applied| applied.progress.is_some());
    let mut ways = Vec::new();
    match state {
        State::Diverged | State::Interrupted => {
            if is_midway {
                ways.push(way(
                    "resume",
                    "keeps the parts that are done, and runs the rest as the file is now",
                ));
            }
            ways.push(way(
                "applied",
                "takes the file as it is now for what the database has",
            ));
            ways.push(way(
                "pending",
                "forgets it: where what it made is taken away by hand",
            ));
        }
        State::Missing => {
            ways.push(way("pending", "forgets it"));
            ways.push(("migrate --allow missing".to_owned(), "leaves it as it is"));
        }
        State::OutOfOrder => {
            ways.push(("migrate --allow out-of-order".to_owned(), "applies it now"));
            ways.push(way("applied", "records it without running it"));
        }
        _ => {}
    }
    ways
}
