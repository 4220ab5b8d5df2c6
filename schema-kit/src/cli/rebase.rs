//! `rebase`: makes the migrations of merged branches follow each other.

use clap::{Arg, ArgMatches, Command};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    plan,
    runner::migrations_argument,
};
use crate::{
    chain::Chain,
    error::Error,
    exit_code::ExitStatus,
    generate::{self, Rebase as Rebased},
};

#[derive(Debug)]
pub(super) struct Rebase;

impl Subcommand for Rebase {
    fn command(&self) -> Command {
        let migration = Arg::new("migration")
            .value_name("MIGRATION")
            .help("Moves this one behind all others, under a new version");
        Command::new("rebase")
            .about("Makes the migrations of merged branches follow each other")
            .long_about(
                "Makes the migrations of merged branches follow each other: the snapshot of each later one gets what the \
                 earlier ones changed, and its statements, where they are as they were generated, are generated anew. \
                 Statements that somebody wrote stay as they are; timeouts that were given to `generate` are given here \
                 again. A migration that is applied anywhere must keep its \
                 version; name the one that is not, and it moves behind the others. No database is needed.",
            )
            .after_help("Examples:\n  rebase\n  rebase 20261127093000_add_nick_to_users")
            .arg(migration)
            .arg(migrations_argument())
            .args(plan::arguments())
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let directory = cx.migrations_directory(matches.get_one("migrations"));
        let chain = Chain::load(&directory).map_err(Error::from)?;
        let version = generate::next_version(&chain);
        let moved = matches.get_one::<String>("migration");
        let moved = moved.map(|id| (id.as_str(), &version));
        let changed =
            generate::rebase(&chain, moved, &plan::request(matches)).map_err(Error::from)?;
        if changed.is_empty() {
            cx.print("nothing to do: each migration follows the one before it\n")?;
        }
        for rebased in &changed {
            rebased.write(&directory).map_err(Error::from)?;
            cx.print(&render(rebased))?;
        }
        Ok(ExitStatus::Done)
    }
}

fn render(rebased: &Rebased) -> String {
    let what = match (&rebased.up, &rebased.renamed_to) {
        (Some(_), _) => "statements and snapshot",
        (None, _) => "snapshot; its statements stay as they are",
    };
    match &rebased.renamed_to {
        Some(name) => format!("{} is {name} now: {what}\n", rebased.migration),
        None => format!("{}: {what}\n", rebased.migration),
    }
}
