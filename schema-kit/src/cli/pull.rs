//! `pull`: a database as Rust source.

use std::{io::IsTerminal as _, path::PathBuf, str::FromStr as _};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
};
use crate::{
    error::Error,
    exit_code::ExitStatus,
    introspect::{self, Filter, Introspection},
    pull::{self, Changes, Foreign, Options, Pattern, Selection},
};

#[derive(Debug)]
pub(super) struct Pull;

impl Subcommand for Pull {
    fn command(&self) -> Command {
        let output = Arg::new("output")
            .long("output")
            .short('o')
            .value_name("DIR")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help("The directory of the module: its root, and a folder each for tables, types and views");
        let module = Arg::new("module")
            .long("module")
            .value_name("PATH")
            .default_value("crate")
            .help("The module that DIR is, as `use` names it: crate::db");
        let namespace = Arg::new("namespace")
            .long("namespace")
            .value_name("NAME")
            .action(ArgAction::Append)
            .help("Write what lies in this namespace alone; may stand more than once");
        let table = Arg::new("table")
            .long("table")
            .value_name("PATTERN")
            .action(ArgAction::Append)
            .value_parser(Pattern::from_str)
            .help("Write these tables and views alone: name or namespace.name, `*` for any characters");
        let check = Arg::new("check")
            .long("check")
            .action(ArgAction::SetTrue)
            .help("Write nothing; exit with 3 where something would change, and list it");
        let force = Arg::new("force")
            .long("force")
            .action(ArgAction::SetTrue)
            .help("Replace files that `pull` did not write, or that were changed since");
        Command::new("pull")
            .about("Writes a database as Rust source")
            .long_about(
                "Writes a database as Rust source: one module per table, view and type, and a `schema!` with the \
                 rest. The source compiles, and its DDL makes a database equal to this one. Files that somebody \
                 wrote or changed are never replaced unless --force is given; all files are written or none. What \
                 the source does not say is listed by name.",
            )
            .after_help("Examples:\n  pull --output src\n  pull --output src/db --module crate::db --check")
            .args([output, module, namespace, table, check, force])
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        // A big database takes seconds; somebody who watches wants to know for what.
        let is_watched = std::io::stderr().is_terminal();
        if is_watched {
            cx.note("reading the database");
        }
        let found = selection(matches).apply(read(cx)?);
        if is_watched {
            let (tables, views) = (found.schema.tables.len(), found.schema.views.len());
            cx.note(&format!("writing {tables} tables and {views} views"));
        }
        let options = options(matches);
        let source = pull::render(&found, &options);
        for object in &source.left_out {
            cx.note(&format!("not in the source: {object}"));
        }
        let directory = matches
            .get_one::<PathBuf>("output")
            .cloned()
            .unwrap_or_default();
        let (is_check, is_forced) = (matches.get_flag("check"), matches.get_flag("force"));
        let foreign = if is_check || is_forced {
            Foreign::Replace
        } else {
            Foreign::Keep
        };
        let changes = Changes::find(&directory, &source, foreign).map_err(Error::from)?;
        if is_check {
            cx.print(&listed(&changes))?;
            return Ok(if changes.is_empty() {
                ExitStatus::Done
            } else {
                ExitStatus::DifferencesFound
            });
        }
        changes.write(&directory).map_err(Error::from)?;
        cx.note(&summary(&found, &changes));
        for line in pull::dependencies(&source) {
            cx.note(&line);
        }
        Ok(ExitStatus::Done)
    }
}

fn read(cx: &Context<'_>) -> Result<Introspection, Error> {
    let database = cx.database()?;
    cx.block_on(async {
        let mut client = database.connect().await?;
        Ok(introspect::read(&mut client, &Filter::default()).await?)
    })
}

fn selection(matches: &ArgMatches) -> Selection {
    let namespaces = matches.get_many::<String>("namespace");
    let tables = matches.get_many::<Pattern>("table");
    Selection {
        namespaces: namespaces.into_iter().flatten().cloned().collect(),
        tables: tables.into_iter().flatten().cloned().collect(),
    }
}

fn options(matches: &ArgMatches) -> Options {
    let module = matches
        .get_one::<String>("module")
        .cloned()
        .unwrap_or_default();
    let root = if module == "crate" {
        "lib.rs"
    } else {
        "mod.rs"
    };
    Options {
        module,
        root: root.to_owned(),
        ..Options::default()
    }
}

/// What would change, a file in each line.
fn listed(changes: &Changes) -> String {
    let kinds = [
        ("create", &changes.created),
        ("change", &changes.changed),
        ("remove", &changes.removed),
    ];
    let lines = kinds
        .into_iter()
        .flat_map(|(kind, files)| files.iter().map(move |file| format!("{kind} {file}\n")));
    lines.collect()
}

fn summary(found: &Introspection, changes: &Changes) -> String {
    let (created, changed) = (changes.created.len(), changes.changed.len());
    let (removed, unchanged) = (changes.removed.len(), changes.unchanged);
    format!(
        "{} tables, {} views: {created} files created, {changed} changed, {removed} removed, {unchanged} as they were",
        found.schema.tables.len(),
        found.schema.views.len(),
    )
}
