//! `check`: what keeps a change from being merged.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    runner::migrations_argument,
};
use crate::{
    chain::Chain,
    check::{self, Findings},
    drift::{self, Drift},
    error::Error,
    exit_code::ExitStatus,
    generate,
    migration::MigrationSource,
};

const EXAMPLES: &str = "\
Examples:
  check
  check --database-url postgres://app@db.example/chat
  check --accept-edits 20261127093000_add_nick_to_users";

/// A workflow that is ready to be used.
const WORKFLOW: &str = include_str!("../../github-actions.yml");

#[derive(Debug)]
pub(super) struct Check;

impl Subcommand for Check {
    fn command(&self) -> Command {
        let accept = Arg::new("accept-edits")
            .long("accept-edits")
            .value_name("MIGRATION")
            .action(ArgAction::Append)
            .help("Takes this migration's up.sql as it is now; its snapshot is written again");
        let deny = Arg::new("deny-lint")
            .long("deny-lint")
            .action(ArgAction::SetTrue)
            .help("Exit with 3 where there is advice, too");
        let drift = Arg::new("drift")
            .long("drift")
            .action(ArgAction::SetTrue)
            .help("Compare the database with the migrations it has; so does --database-url");
        Command::new("check")
            .about("Says what keeps a change from being merged; for CI")
            .long_about(
                "Says what keeps a change from being merged: a schema that has changed without a migration, migrations of \
                 two branches that do not know each other, a migration that was edited after it was written, and how much \
                 advice `lint` has. No database is needed. With --database-url, or --drift for the database that \
                 is meant anyway, it compares the database with the snapshot of the newest migration it has, in words and as \
                 the SQL that would undo the difference. Nothing is changed. The exit code is 3 where anything is found.",
            )
            .after_help(EXAMPLES)
            .after_long_help(format!("{EXAMPLES}\n\nWith GitHub Actions:\n\n{WORKFLOW}"))
            .arg(migrations_argument())
            .args([accept, deny, drift])
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let directory = cx.migrations_directory(matches.get_one("migrations"));
        for id in matches
            .get_many::<String>("accept-edits")
            .into_iter()
            .flatten()
        {
            let chain = Chain::load(&directory).map_err(Error::from)?;
            let path = generate::accept(&chain, id, cx.schema()?).map_err(Error::from)?;
            cx.print(&format!("{}\n", path.display()))?;
        }
        let chain = Chain::load(&directory).map_err(Error::from)?;
        let findings = check::check(&chain, cx.schema()?)?;
        cx.print(&render(&findings))?;
        let mut is_clean = findings.is_clean();
        if matches.get_flag("deny-lint") {
            is_clean &= findings.advice.findings.is_empty();
        }
        if matches.get_flag("drift") || cx.names_database() {
            let drift = find_drift(cx, &chain)?;
            cx.print(&render_drift(&drift))?;
            is_clean &= drift.is_empty();
        }
        Ok(if is_clean {
            ExitStatus::Done
        } else {
            ExitStatus::DifferencesFound
        })
    }
}

fn find_drift(cx: &Context<'_>, chain: &Chain) -> Result<Drift, Error> {
    let database = cx.database()?;
    let scratch = cx.scratch(None)?;
    let source = MigrationSource::Directory(chain.directory().to_owned());
    let migrations = if chain.links().is_empty() {
        crate::migration::Migrations::default()
    } else {
        source.load()?
    };
    let drift = cx.block_on(async {
        let mut client = database.connect().await?;
        drift::find(&mut client, chain, &migrations, &scratch).await
    })?;
    for object in &drift.unknown {
        cx.note(&format!("note: not compared: {object}"));
    }
    Ok(drift)
}

/// Renders what was found, a paragraph each:
///
/// ```text
/// problem: `20261127093000_a` and `20261127093100_b` both follow `20261126000000_create_users`
///    help: run `rebase`, …
/// ```
fn render(findings: &Findings) -> String {
    let mut text = String::new();
    for problem in &findings.problems {
        text.push_str(&format!(
            "problem: {problem}\n   help: {}\n",
            problem.help()
        ));
    }
    if !findings.missing.is_empty() {
        text.push_str("problem: the schema has changed, and no migration says so\n");
        for line in &findings.missing {
            text.push_str(&format!("         {line}\n"));
        }
        text.push_str("   help: run `generate`\n");
    }
    match findings.advice.findings.len() {
        0 => {}
        1 => text.push_str(" advice: 1 finding; `lint` shows it\n"),
        count => text.push_str(&format!(" advice: {count} findings; `lint` shows them\n")),
    }
    if findings.is_clean() {
        text.push_str("the migrations are one chain and make the schema\n");
    }
    text
}

fn render_drift(drift: &Drift) -> String {
    let as_of = match &drift.as_of {
        Some(id) => format!("as `{id}` leaves it"),
        None => "empty, as no migration is applied".to_owned(),
    };
    if drift.is_empty() {
        return format!("the database is {as_of}\n");
    }
    let lines: String = drift
        .summary
        .iter()
        .map(|line| format!("         {line}\n"))
        .collect();
    format!(
        "problem: the database is not {as_of}; to be so, it would have to\n{lines}   help: undo the change, or take it into \
         the source and run `generate`\n\n{}",
        drift.plan.script()
    )
}
