//! `generate`: writes the next migration.

use clap::{Arg, ArgAction, ArgMatches, Command};
use schema_core::schema::Schema;

use super::{
    context::Context,
    kit::{Failure, Subcommand},
    plan, prompt,
    runner::migrations_argument,
};
use crate::{
    chain::Chain,
    diff::RenameCandidate,
    error::Error,
    exit_code::ExitStatus,
    generate::{self, Draft, GenerateError, Options},
};

#[derive(Debug)]
pub(super) struct Generate;

impl Subcommand for Generate {
    fn command(&self) -> Command {
        let name = Arg::new("name")
            .long("name")
            .value_name("NAME")
            .help("The migration's name, instead of one made of what changes");
        let rename = Arg::new("rename")
            .long("rename")
            .value_name("OLD=NEW")
            .action(ArgAction::Append)
            .help("A rename: table=new_name or table.column=new_name");
        let drop = Arg::new("drop")
            .long("drop")
            .value_name("OLD")
            .action(ArgAction::Append)
            .help("No rename: this table, or table.column, is dropped");
        let custom = Arg::new("custom")
            .long("custom")
            .action(ArgAction::SetTrue)
            .requires("name")
            .conflicts_with_all(["rename", "drop", "allow"])
            .conflicts_with_all(plan::arguments().map(|it| it.get_id().clone()))
            .help("An empty migration, for statements of your own");
        let dry_run = Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help("Print the SQL and write nothing");
        Command::new("generate")
            .about("Writes the next migration from what has changed in the schema")
            .long_about(
                "Writes the next migration: the statements that turn the schema as of the newest migration into the \
                 compiled one, the statements of the way back where there is one, and a snapshot of the schema for the \
                 next time. No database is needed. What may have been renamed is asked on a terminal; without one it is \
                 an error that says which flags to add. Renames come from `renamed_from` in the source too. A \
                 migration that deletes data is written after a yes or with --allow deletes-data alone.",
            )
            .after_help(
                "Examples:\n  generate\n  generate --rename users.nick=display_name\n  \
                 generate --custom --name fill_display_names\n  generate --dry-run\n  generate --no-online",
            )
            .arg(migrations_argument())
            .args([name, rename, drop, allow_argument(), custom, dry_run])
            .args(plan::arguments())
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let directory = cx.migrations_directory(matches.get_one("migrations"));
        let chain = Chain::load(&directory).map_err(Error::from)?;
        let Some(draft) = make(cx, &chain, matches)? else {
            cx.print("nothing to do: the newest migration has the schema as it is compiled\n")?;
            return Ok(ExitStatus::Done);
        };
        for note in &draft.notes {
            cx.note(&format!("note: {note}"));
        }
        if matches.get_flag("dry-run") {
            cx.print(&format!("-- {}/up.sql\n{}", draft.id, draft.up))?;
            return Ok(ExitStatus::Done);
        }
        let written = draft.write(&directory).map_err(Error::from)?;
        cx.print(&format!("{}\n", written.display()))?;
        Ok(ExitStatus::Done)
    }
}

/// The option that lets a command do what deletes data.
pub(super) fn allow_argument() -> Arg {
    Arg::new("allow")
        .long("allow")
        .value_name("HAZARD")
        .value_parser(["deletes-data"])
        .action(ArgAction::Append)
        .help("Do it though it deletes data")
}

fn make(cx: &Context<'_>, chain: &Chain, matches: &ArgMatches) -> Result<Option<Draft>, Error> {
    let name = matches.get_one::<String>("name");
    let version = generate::next_version(chain);
    if let (true, Some(name)) = (matches.get_flag("custom"), name) {
        return Ok(Some(generate::custom(chain, name, &version)?));
    }
    let listed = |name| matches.get_many::<String>(name).into_iter().flatten();
    let schema = Schema::from_def(cx.schema()?).map_err(|error| Error::Schema(Box::new(error)))?;
    let mut options = Options {
        name: name.cloned(),
        renames: listed("rename").cloned().collect(),
        dropped: listed("drop").cloned().collect(),
        definition: Some(cx.schema()?),
        may_delete: listed("allow").next().is_some(),
        plan: plan::request(matches),
        ..Options::new(version)
    };
    loop {
        match generate::draft(chain, &schema, &options) {
            Ok(draft) => return Ok(draft),
            Err(GenerateError::Undecided { candidates }) if prompt::is_possible() => {
                ask_rename(&candidates, &mut options)?;
            }
            Err(GenerateError::DeletesData { what }) if prompt::is_possible() => {
                what.iter().for_each(|what| cx.note(what));
                options.may_delete = prompt::confirm("Write a migration that deletes data?")?;
                if !options.may_delete {
                    return Err(GenerateError::DeletesData { what }.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Asks what became of the first thing that is gone; what is open after that is found out anew.
fn ask_rename(candidates: &[RenameCandidate], options: &mut Options<'_>) -> Result<(), Error> {
    let Some(previous) = candidates.first().map(RenameCandidate::previous) else {
        return Ok(());
    };
    let same = candidates.iter().filter(|it| it.previous() == previous);
    let hints: Vec<String> = same.map(ToString::to_string).collect();
    let renamed = hints.iter().map(|hint| {
        let next = hint.rsplit_once('=').map_or("", |(_, next)| next);
        format!("renamed to `{next}`")
    });
    let dropped = "dropped, and something new is created".to_owned();
    let answers: Vec<String> = renamed.chain([dropped]).collect();
    match prompt::choose(&format!("What became of `{previous}`?"), &answers)? {
        Some(at) if at < hints.len() => options.renames.push(hints[at].clone()),
        Some(_) => {
            options.dropped.insert(previous);
        }
        None => {
            let candidates = candidates.to_vec();
            return Err(GenerateError::Undecided { candidates }.into());
        }
    }
    Ok(())
}
