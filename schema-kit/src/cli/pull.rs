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
    introspect::{Filter, Introspection},
    pattern::Pattern,
    pull::{self, Changes, Foreign, Options, Selection},
    source::{self, Source},
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
        let from = Arg::new("from")
            .long("from")
            .value_name("SCHEMA")
            .help("What is written, in place of the database: a URL, a snapshot (.json), SQL or migrations");
        let scratch = Arg::new("scratch-url")
            .long("scratch-url")
            .value_name("URL")
            .help("A database on whose server a file's scratch database is made, instead of a server of the kit's own");
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
                 the source does not say is listed by name. With --from a snapshot, a file of SQL, a directory of such \
                 files or of migrations takes the place of the database; it is loaded into a scratch database.",
            )
            .after_help(
                "Examples:\n  pull --output src\n  pull --output src/db --module crate::db --check\n  \
                 pull --from schema.sql --output src/db --module crate::db",
            )
            .args([output, module, from, scratch, namespace, table, check, force])
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        // A big database takes seconds; somebody who watches wants to know for what.
        let is_watched = std::io::stderr().is_terminal();
        let source = source(cx, matches)?;
        if is_watched {
            cx.note(&format!("reading {source}"));
        }
        let found = selection(matches).apply(read(cx, matches, &source)?);
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

fn source(cx: &Context<'_>, matches: &ArgMatches) -> Result<Source, Error> {
    match matches.get_one::<String>("from") {
        Some(text) => cx.source(text, "--from"),
        None => Ok(Source::Database(Box::new(cx.database()?))),
    }
}

fn read(cx: &Context<'_>, matches: &ArgMatches, source: &Source) -> Result<Introspection, Error> {
    let url = matches.get_one::<String>("scratch-url");
    let scratch = cx.scratch(url.map(String::as_str))?;
    cx.block_on(source::read(source, &scratch, &Filter::default()))
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
