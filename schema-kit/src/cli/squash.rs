//! `squash`: makes one migration of many.

use clap::{Arg, ArgMatches, Command};

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    runner::{flag, migrations_argument, to_argument},
};
use crate::{
    error::Error,
    exit_code::ExitStatus,
    migration::{self, Version},
};

#[derive(Debug)]
pub(super) struct Squash;

impl Subcommand for Squash {
    fn command(&self) -> Command {
        let name = Arg::new("name")
            .long("name")
            .value_name("NAME")
            .default_value("base")
            .help("The name of the one that is made");
        Command::new("squash")
            .about("Makes one migration of many")
            .long_about(
                "Makes one migration of many, in their directory; no database is needed. The one that is made has the \
                 version of the last and says which it replaces, with their checksums. A database that has all of those \
                 has it already, and `migrate` notes that; one that has none runs it; one that has some is refused until \
                 it has the rest, from the files as they were before.",
            )
            .after_help("Examples:\n  squash --to 0042\n  squash --to 0042 --name first_year --dry-run")
            .arg(migrations_argument())
            .arg(to_argument("The last version to take in; without it all"))
            .arg(name)
            .arg(flag("dry-run", "Print its up.sql, and change no file"))
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let migrations = cx.migrations(matches.get_one("migrations"))?;
        let name = matches
            .get_one::<String>("name")
            .map_or("base", String::as_str);
        let to = matches.get_one::<Version>("to");
        let squashed = migration::squash(&migrations, to, name).map_err(Error::from)?;
        if matches.get_flag("dry-run") {
            cx.print(&squashed.up)?;
            return Ok(ExitStatus::Done);
        }
        let directory = squashed.write().map_err(Error::from)?;
        let count = squashed.replaces.len();
        cx.print(&format!(
            "made {} of {count} migrations\n",
            directory.display()
        ))?;
        if squashed.down.is_none() {
            cx.note("it has no down.sql, since not all of them have one");
        }
        Ok(ExitStatus::Done)
    }
}
