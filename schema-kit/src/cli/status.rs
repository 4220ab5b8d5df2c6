//! `status`: what is applied and what is not.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    runner::migrations_argument,
    style::Style,
};
use crate::{
    error::Error,
    exit_code::ExitStatus,
    migration::{self, Direction, Entry, Kind, State},
};

#[derive(Debug)]
pub(super) struct Status;

impl Subcommand for Status {
    fn command(&self) -> Command {
        let format = Arg::new("format")
            .long("format")
            .value_parser(["table", "json"])
            .default_value("table")
            .help("A table to read, or JSON for a program");
        Command::new("status")
            .about("Shows which migrations the database has and which it lacks")
            .long_about(
                "Shows which migrations the database has and which it lacks; changes nothing. A migration is applied, \
                 pending, interrupted (some of its parts are done, and `migrate` goes on with it), squashed (all that it \
                 replaces are applied), out-of-order (pending, but one of a higher version is applied), diverged (edited \
                 after it was applied), missing (applied, but not among the files) or partly-squashed (some of what it \
                 replaces are applied). The exit code is 3 where one is any of the last four, or was interrupted while it \
                 was taken back, since `migrate` would refuse to run; `repair` says what to do.",
            )
            .after_help("Examples:\n  status\n  status --format json")
            .arg(migrations_argument())
            .arg(format)
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let database = cx.database()?;
        let status = cx.block_on(async {
            let client = database.connect().await?;
            Ok::<_, Error>(migration::status(&client, &migrations).await?)
        })?;
        let text = match matches.get_one::<String>("format").map(String::as_str) {
            Some("json") => render_json(&status),
            _ => render_table(&status, Style::of_stdout()),
        };
        cx.print(&text)?;
        for problem in &status.problems {
            cx.note(&problem.to_string());
        }
        Ok(if status.problems.is_empty() {
            ExitStatus::Done
        } else {
            ExitStatus::DifferencesFound
        })
    }
}

fn render_json(status: &migration::Status) -> String {
    let entry = |entry: &Entry| {
        let applied = entry.applied.as_ref();
        let progress = applied.and_then(|applied| applied.progress.as_ref());
        json!({
            "version": entry.version.as_str(),
            "name": entry.name,
            "state": entry.state.as_str(),
            "kind": applied.map(|applied| applied.kind.as_str()),
            "parts_done": progress.map(|progress| progress.done),
            "parts": progress.map(|progress| progress.steps.len()),
            "direction": entry.direction().map(|direction| match direction {
                Direction::Up => "up",
                Direction::Down => "down",
            }),
            "applied_at": applied.map(|applied| &applied.applied_at),
            "execution_ms": applied.map(|applied| applied.execution_ms),
            "checksum": applied.map(|applied| &applied.checksum),
        })
    };
    let problems = status.problems.iter().map(ToString::to_string);
    let value = json!({
        "database": status.database,
        "migrations": status.entries.iter().map(entry).collect::<Vec<Value>>(),
        "problems": problems.collect::<Vec<String>>(),
    });
    format!("{value:#}\n")
}

fn render_table(status: &migration::Status, style: Style) -> String {
    if status.entries.is_empty() {
        return format!("database `{}`: no migrations\n", status.database);
    }
    let width = status
        .entries
        .iter()
        .map(|entry| entry.id().chars().count())
        .max()
        .unwrap_or(0);
    let mut text = format!(
        "{:<width$}  {:<15}  {:<20}  {:>8}\n",
        "MIGRATION", "STATE", "APPLIED AT", "MS"
    );
    for entry in &status.entries {
        let state = paint(entry.state, style);
        let line = match &entry.applied {
            Some(applied) => format!(
                "{:<width$}  {state}  {:<20}  {:>8}{}",
                entry.id(),
                applied.applied_at,
                applied.execution_ms,
                remark(entry)
            ),
            None => format!("{:<width$}  {state}", entry.id()),
        };
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push_str(&format!(
        "\ndatabase `{}`: {} applied, {} pending\n",
        status.database,
        status.count(State::Applied),
        status.count(State::Pending)
    ));
    text
}

/// What the columns do not tell: how far an unfinished one has come, and how a row came here that was not run.
fn remark(entry: &Entry) -> String {
    let Some(applied) = &entry.applied else {
        return String::new();
    };
    match (&applied.progress, applied.kind) {
        (Some(progress), _) => {
            let (done, total) = (progress.done, progress.steps.len());
            match progress.direction {
                Direction::Up => format!("  {done} of {total} parts"),
                Direction::Down => format!("  {done} of {total} parts down"),
            }
        }
        (None, Kind::Run) => String::new(),
        (None, kind) => format!("  {}", kind.as_str()),
    }
}

/// Pads before coloring: the codes of a color have no width on a terminal, but would count here.
fn paint(state: State, style: Style) -> String {
    let padded = format!("{:<15}", state.as_str());
    match state {
        State::Applied => style.good(&padded),
        State::Pending | State::Interrupted | State::Squashed => style.pending(&padded),
        State::OutOfOrder | State::Diverged | State::Missing | State::PartlySquashed => {
            style.bad(&padded)
        }
    }
}
