//! `server`: the embedded PostgreSQL server of the project.

use std::{ffi::OsString, io, process::Command as Process};

use clap::{Arg, ArgMatches, Command, value_parser};
use serde_json::json;

use super::{
    context::Context,
    kit::{Failure, Subcommand},
};
use crate::{
    error::{Error, ServerError},
    exit_code::ExitStatus,
    server::State,
};

#[derive(Debug)]
pub(super) struct Server;

impl Subcommand for Server {
    fn command(&self) -> Command {
        let format = Arg::new("format")
            .long("format")
            .value_parser(["text", "json"])
            .default_value("text")
            .help("Text to read, or JSON for a program");
        let arguments = Arg::new("arguments")
            .num_args(0..)
            .value_name("ARGUMENTS")
            .trailing_var_arg(true)
            .allow_hyphen_values(true)
            .value_parser(value_parser!(OsString))
            .help("Arguments for psql, such as -c \"SELECT 1\"");
        Command::new("server")
            .about("Starts, stops and shows the embedded PostgreSQL server")
            .long_about(
                "Starts, stops and shows the embedded PostgreSQL server: an installed PostgreSQL with its data in \
                 the project's directory .schema/. The other commands use it, and start it by themselves, where no \
                 database is named.",
            )
            .after_help("Examples:\n  server start\n  server psql -c \"SELECT count(*) FROM users\"\n  server stop")
            .arg_required_else_help(true)
            .subcommand_required(true)
            .subcommand(Command::new("start").about("Starts it where it does not run, and prints its URL"))
            .subcommand(Command::new("stop").about("Stops it; its data stays"))
            .subcommand(Command::new("status").about("Shows whether it runs, and where").arg(format))
            .subcommand(Command::new("psql").about("Opens psql on its database, starting it first").arg(arguments))
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        match matches.subcommand() {
            Some(("start", _)) => start(cx)?,
            Some(("stop", _)) => stop(cx)?,
            Some(("status", matches)) => status(cx, matches)?,
            Some(("psql", matches)) => return Ok(psql(cx, matches)?),
            _ => return Ok(ExitStatus::BadArguments),
        }
        Ok(ExitStatus::Done)
    }
}

fn start(cx: &Context<'_>) -> Result<(), Error> {
    let running = cx.project().ensure_running()?;
    for note in &running.notes {
        cx.note(note);
    }
    cx.print(&format!("{}\n", running.connection.url()))
}

fn stop(cx: &Context<'_>) -> Result<(), Error> {
    let was_running = cx.project().stop()?;
    cx.print(if was_running {
        "stopped\n"
    } else {
        "nothing to do: it does not run\n"
    })
}

fn status(cx: &Context<'_>, matches: &ArgMatches) -> Result<(), Error> {
    let status = cx.project().status()?;
    let (state, pid, url) = match &status.state {
        State::Absent => ("absent", None, None),
        State::Stopped => ("stopped", None, None),
        State::Running {
            pid, connection, ..
        } => ("running", Some(*pid), Some(connection.url())),
    };
    // A cluster knows its major version alone.
    let version = status.cluster.map(|version| version.major.to_string());
    if matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json")
    {
        let value = json!({
            "state": state,
            "pid": pid,
            "url": url,
            "version": version,
            "data": status.data,
            "log": status.log,
        });
        return cx.print(&format!("{value:#}\n"));
    }
    let mut text = format!("state    {state}\n");
    let rows = [
        ("pid", pid.map(|pid| pid.to_string())),
        ("url", url),
        ("version", version),
        ("data", Some(status.data.display().to_string())),
        ("log", Some(status.log.display().to_string())),
    ];
    for (label, value) in rows {
        if let Some(value) = value {
            text.push_str(&format!("{label:<8} {value}\n"));
        }
    }
    cx.print(&text)
}

/// Becomes psql, which then has the terminal, the signals and the exit code to itself.
#[cfg(unix)]
fn psql(cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Error> {
    use std::os::unix::process::CommandExt as _;

    let mut process = psql_process(cx, matches)?;
    let source = process.exec();
    Err(spawn_error(&process, source))
}

/// Runs psql with this process's terminal; its exit code becomes success or failure.
#[cfg(not(unix))]
fn psql(cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Error> {
    let mut process = psql_process(cx, matches)?;
    let status = process
        .status()
        .map_err(|source| spawn_error(&process, source))?;
    Ok(if status.success() {
        ExitStatus::Done
    } else {
        ExitStatus::Failed
    })
}

fn psql_process(cx: &Context<'_>, matches: &ArgMatches) -> Result<Process, Error> {
    let running = cx.project().ensure_running()?;
    let mut process = running.psql()?;
    process.args(
        matches
            .get_many::<OsString>("arguments")
            .unwrap_or_default(),
    );
    Ok(process)
}

fn spawn_error(process: &Process, source: io::Error) -> Error {
    Error::from(ServerError::Spawn {
        program: process.get_program().into(),
        source,
    })
}
