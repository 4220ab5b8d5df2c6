//! `push`: brings a database to the compiled schema without migrations.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{
    context::Context,
    generate::allow_argument,
    kit::{Failure, Subcommand},
    prompt,
};
use crate::{
    error::{Error, PushError},
    exit_code::ExitStatus,
    push,
};

#[derive(Debug)]
pub(super) struct Push;

impl Subcommand for Push {
    fn command(&self) -> Command {
        let rename = Arg::new("rename")
            .long("rename")
            .value_name("OLD=NEW")
            .action(ArgAction::Append)
            .help("A rename: table=new_name or table.column=new_name");
        let dry_run = Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help("Print the SQL and run nothing");
        Command::new("push")
            .about("Brings a database to the compiled schema without migrations, for prototyping")
            .long_about(
                "Brings a database to the compiled schema without migrations, for prototyping. It works in one \
                 transaction, so that nothing is changed where it fails; and on what it owns alone: what the compiled \
                 schema has and what an earlier push made. Rows and values that would be lost are counted first, and \
                 nothing is lost without a yes or --allow deletes-data. Once others use the database, use `generate` \
                 and `migrate`.",
            )
            .after_help("Examples:\n  push\n  push --dry-run\n  push --rename users.nick=display_name")
            .args([rename, allow_argument(), dry_run])
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let hints = matches.get_many::<String>("rename").into_iter().flatten();
        let hints: Vec<String> = hints.cloned().collect();
        let definition = cx.schema()?;
        let database = cx.database()?;
        let scratch = cx.scratch(None)?;
        let may_delete = matches.get_many::<String>("allow").is_some();
        let is_dry = matches.get_flag("dry-run");
        let done = cx.block_on(async {
            let mut client = database.connect().await?;
            let push = push::prepare(&mut client, definition, &hints, &scratch).await?;
            tell(cx, &push);
            if is_dry {
                cx.print(&push.plan.script())?;
                return Ok(0);
            }
            if !push.losses.is_empty() && !may_delete {
                ask(cx, &push)?;
            }
            if !push.is_empty() {
                push::apply(&mut client, &push).await?;
            }
            Ok::<_, Error>(push.plan.statements.len())
        })?;
        match (is_dry, done) {
            (true, _) => {}
            (false, 0) => {
                cx.print("nothing to do: the database has the schema as it is compiled\n")?
            }
            (false, 1) => cx.print("1 statement done\n")?,
            (false, count) => cx.print(&format!("{count} statements done\n"))?,
        }
        Ok(ExitStatus::Done)
    }
}

fn tell(cx: &Context<'_>, push: &push::Push) {
    for name in &push.left_alone {
        cx.note(&format!("note: left alone: {name}"));
    }
    for candidate in &push.candidates {
        cx.note(&format!(
            "note: if this is a rename, say so and no data is lost: --rename {candidate}"
        ));
    }
    for line in &push.summary {
        cx.note(line);
    }
}

/// Asks on a terminal whether what is counted may go; without one that is an error.
fn ask(cx: &Context<'_>, push: &push::Push) -> Result<(), Error> {
    if prompt::is_possible() {
        for loss in &push.losses {
            cx.note(&format!("deletes {loss}"));
        }
        if prompt::confirm("Delete this data?")? {
            return Ok(());
        }
    }
    let losses = push.losses.iter().map(ToString::to_string);
    let losses = losses.collect();
    Err(PushError::DeletesData { losses }.into())
}
