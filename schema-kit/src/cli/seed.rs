//! `seed`: fills a development database with the application's own data. `reset`: makes it anew.

use std::pin::Pin;

use clap::{Arg, ArgAction, ArgMatches, Command};
use tokio_postgres::Client;

use super::{
    context::Context,
    kit::{Failure, Subcommand},
};
use crate::{
    error::{Error, PushError},
    exit_code::ExitStatus,
    migration::Options,
    reset,
};

/// What a function that fills a database returns.
pub type Seeding<'c> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'c>>;

/// A function that fills a database, by its name.
pub(super) type Seed = (&'static str, fn(&mut Client) -> Seeding<'_>);

#[derive(Debug)]
pub(super) struct Seeds;

impl Subcommand for Seeds {
    fn command(&self) -> Command {
        Command::new("seed")
            .about("Fills the database with the application's own data, for development")
            .long_about(
                "Runs the functions that the application gave the command line, in their order, or those named. Each \
                 decides itself what it writes and whether it may run twice.",
            )
            .arg(
                Arg::new("name")
                    .value_name("NAME")
                    .action(ArgAction::Append)
                    .help("Runs this one alone; repeatable"),
            )
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let names = matches.get_many::<String>("name").into_iter().flatten();
        let seeds = chosen(cx, &names.collect::<Vec<_>>())?;
        let database = cx.database()?;
        cx.block_on(async {
            run(
                cx,
                &mut database.connect().await.map_err(Error::from)?,
                &seeds,
            )
            .await
        })?;
        Ok(ExitStatus::Done)
    }
}

fn chosen(cx: &Context<'_>, names: &[&String]) -> Result<Vec<Seed>, Failure> {
    if names.is_empty() {
        return Ok(cx.seeds().to_vec());
    }
    let find = |name: &&String| {
        let found = cx.seeds().iter().find(|(known, _)| known == name);
        found.copied().ok_or_else(|| {
            let known: Vec<&str> = cx.seeds().iter().map(|(name, _)| *name).collect();
            Failure::from(format!(
                "there is no seed `{name}`; there are: {}",
                known.join(", ")
            ))
        })
    };
    names.iter().map(find).collect()
}

async fn run(cx: &Context<'_>, client: &mut Client, seeds: &[Seed]) -> Result<(), Failure> {
    for (name, seed) in seeds {
        seed(client).await?;
        cx.print(&format!("{name}: done\n"))?;
    }
    if seeds.is_empty() {
        cx.print("nothing to do: the application has no seeds\n")?;
    }
    Ok(())
}

#[derive(Debug)]
pub(super) struct Reset;

impl Subcommand for Reset {
    fn command(&self) -> Command {
        let really = Arg::new("yes-really")
            .long("yes-really")
            .value_name("NAME")
            .help("The database's name: it is recreated though it is on another machine");
        let no_seed = Arg::new("no-seed")
            .long("no-seed")
            .action(ArgAction::SetTrue)
            .help("Leave it without the application's own data");
        Command::new("reset")
            .about("Drops the database, makes it anew, migrates and seeds it, for development")
            .long_about(
                "Drops the database with all its data, makes it anew, applies the migrations and runs the application's \
                 seeds. A database on another machine is refused, unless its name is given with --yes-really.",
            )
            .after_help("Examples:\n  reset\n  reset --no-seed")
            .args([really, no_seed])
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let database = cx.database()?;
        let name = database.options().database().to_owned();
        let really = matches.get_one::<String>("yes-really");
        if !reset::is_local(&database) && really != Some(&name) {
            let address = database.options().address().to_string();
            return Err(Error::from(PushError::NotLocal {
                database: name,
                address,
            })
            .into());
        }
        let migrations = cx.migrations(None)?;
        let seeds = if matches.get_flag("no-seed") {
            &[][..]
        } else {
            cx.seeds()
        };
        cx.block_on(async {
            reset::recreate(&database).await?;
            cx.migrate(&database, &migrations, &Options::default())
                .await?;
            let mut client = database.connect().await.map_err(Error::from)?;
            for (_, seed) in seeds {
                seed(&mut client).await?;
            }
            Ok::<_, Failure>(())
        })?;
        cx.print(&format!(
            "database `{name}` is new: {} migrations, {} seeds\n",
            migrations.len(),
            seeds.len()
        ))?;
        Ok(ExitStatus::Done)
    }
}
