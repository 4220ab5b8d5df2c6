//! `status`: what is applied and what is not.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Value, json};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    migrate::migrations_argument,
    style::Style,
};
use crate::{
    error::Error,
    exit_code::ExitStatus,
    migration::{self, Entry, State},
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
                 pending, out-of-order (pending, but one of a higher version is applied), diverged (edited after it \
                 was applied) or missing (applied, but not among the files). The exit code is 3 where one is any of \
                 the last three, since `migrate` would refuse to run.",
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
        let problems = status.problems();
        for problem in &problems {
            cx.note(&problem.to_string());
        }
        Ok(if problems.is_empty() {
            ExitStatus::Done
        } else {
            ExitStatus::DifferencesFound
        })
    }
}

fn render_json(status: &migration::Status) -> String {
    let entry = |entry: &Entry| {
        let applied = entry.applied.as_ref();
        json!({
            "version": entry.version.as_str(),
            "name": entry.name,
            "state": entry.state.as_str(),
            "applied_at": applied.map(|applied| &applied.applied_at),
            "execution_ms": applied.map(|applied| applied.execution_ms),
            "checksum": applied.map(|applied| &applied.checksum),
        })
    };
    let value = json!({
        "database": status.database,
        "migrations": status.entries.iter().map(entry).collect::<Vec<Value>>(),
    });
    format!("{value:#}\n")
}

fn render_table(status: &migration::Status, style: Style) -> String {
    if status.entries.is_empty() {
        return format!("database `{}`: no migrations\n", status.database);
    }
    let id = |entry: &Entry| format!("{}_{}", entry.version, entry.name);
    let width = status
        .entries
        .iter()
        .map(|entry| id(entry).chars().count())
        .max()
        .unwrap_or(0);
    let mut text = format!(
        "{:<width$}  {:<12}  {:<20}  {:>8}\n",
        "MIGRATION", "STATE", "APPLIED AT", "MS"
    );
    for entry in &status.entries {
        let state = paint(entry.state, style);
        let line = match &entry.applied {
            Some(applied) => format!(
                "{:<width$}  {state}  {:<20}  {:>8}",
                id(entry),
                applied.applied_at,
                applied.execution_ms
            ),
            None => format!("{:<width$}  {state}", id(entry)),
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

/// Pads before coloring: the codes of a color have no width on a terminal, but would count here.
fn paint(state: State, style: Style) -> String {
    let padded = format!("{:<12}", state.as_str());
    match state {
        State::Applied => style.good(&padded),
        State::Pending => style.pending(&padded),
        State::OutOfOrder | State::Diverged | State::Missing => style.bad(&padded),
    }
}
