//! `migrate`: brings a database up to date.

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::json;

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    runner::{self, flag, to_argument},
};
use crate::{
    error::Error,
    exit_code::ExitStatus,
    migration::{self, Options, Preview, PreviewedMigration, State, Transactions, Version},
};

#[derive(Debug)]
pub(super) struct Migrate;

impl Subcommand for Migrate {
    fn command(&self) -> Command {
        let allow = Arg::new("allow")
            .long("allow")
            .value_name("STATE")
            .value_parser(["out-of-order", "missing"])
            .value_delimiter(',')
            .action(ArgAction::Append)
            .help("Work although migrations are out of order (they are applied) or missing");
        let command = Command::new("migrate")
            .about("Applies the migrations that the database does not have yet")
            .long_about(
                "Applies the migrations that the database does not have yet, in the order of their versions. A \
                 migration is a directory <version>_<name> with a file up.sql. Each runs in a transaction of its own \
                 together with its row in the table schema_kit.history: one that fails leaves no trace. One with \
                 statements that PostgreSQL does not run in a transaction, such as CREATE INDEX CONCURRENTLY, is \
                 recorded part by part, and after a crash the next run goes on where it was; so is one that says BEGIN and \
                 COMMIT, between which is one transaction. Nothing runs when a \
                 migration was edited or removed after it was applied, or comes before one that is applied.",
            )
            .after_help(
                "Examples:\n  migrate\n  migrate --migrations db/migrations --lock-wait 300\n  migrate --to 0007 \
                 --dry-run\n  migrate --format json\n  DATABASE_URL=postgres://app@localhost/chat migrate",
            );
        runner::with_options(command)
            .arg(to_argument("The last version to apply"))
            .arg(allow)
            .arg(flag(
                "single-transaction",
                "Apply all of them in one transaction, or none",
            ))
            .arg(flag("dry-run", "Print what would run, and run nothing"))
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let options = options(matches);
        if matches.get_flag("dry-run") {
            let preview = runner::run(cx, async |client, _| {
                migration::preview(client, &migrations, &options).await
            })?;
            return Ok(print_preview(cx, matches, &preview)?);
        }
        let summary = runner::run(cx, async |client, observe| {
            migration::apply(client, &migrations, &options, observe).await
        })?;
        cx.print(&runner::render(matches, &summary, "applied"))?;
        Ok(ExitStatus::Done)
    }
}

fn options(matches: &ArgMatches) -> Options {
    let mut options = runner::options(matches).to(matches.get_one::<Version>("to").cloned());
    if matches.get_flag("single-transaction") {
        options = options.transactions(Transactions::Single);
    }
    for state in matches.get_many::<String>("allow").unwrap_or_default() {
        options = options.allow(match state.as_str() {
            "missing" => State::Missing,
            _ => State::OutOfOrder,
        });
    }
    options
}

fn print_preview(
    cx: &Context<'_>,
    matches: &ArgMatches,
    preview: &Preview,
) -> Result<ExitStatus, Error> {
    let text = if runner::is_json(matches) {
        let part = |part: &migration::PreviewedPart| json!({ "transaction": part.is_transaction, "statements": part.statements });
        let migration = |migration: &PreviewedMigration| {
            let parts: Vec<_> = migration.parts.iter().map(part).collect();
            json!({ "id": migration.id, "done": migration.done, "parts": parts })
        };
        let migrations: Vec<_> = preview.migrations.iter().map(migration).collect();
        let value = json!({
            "database": preview.database,
            "marked": preview.marked,
            "migrations": migrations,
        });
        format!("{value:#}\n")
    } else {
        render_preview(preview)
    };
    cx.print(&text)?;
    Ok(ExitStatus::Done)
}

/// Renders what would run as a script that psql would run alike.
fn render_preview(preview: &Preview) -> String {
    let mut text = String::new();
    for id in &preview.marked {
        text.push_str(&format!("-- {id} would count as applied\n"));
    }
    for PreviewedMigration { id, done, parts } in &preview.migrations {
        for (at, part) in parts.iter().enumerate().skip(*done) {
            let number = at + 1;
            text.push_str(&match parts.len() {
                1 => format!("-- {id}\n"),
                count => format!("-- {id}, part {number} of {count}\n"),
            });
            let (begin, commit) = match part.is_transaction {
                true => ("BEGIN;\n", "COMMIT;\n"),
                false => ("", ""),
            };
            text.push_str(begin);
            for statement in &part.statements {
                text.push_str(&format!("{statement};\n"));
            }
            text.push_str(commit);
            text.push('\n');
        }
    }
    if text.is_empty() {
        text = format!("-- nothing to do in database `{}`\n", preview.database);
    }
    text
}
