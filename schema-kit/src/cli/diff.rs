//! `diff`: the SQL that turns one schema into another.

mod render;

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use schema_core::schema::{QualifiedName, Schema};

use self::render::Comparison;
use super::{
    context::Context,
    file,
    kit::{Failure, Subcommand},
    plan,
};
use crate::{
    diff,
    error::Error,
    exit_code::ExitStatus,
    introspect::{self, Filter, TableSize, UnknownObject},
    pattern::Pattern,
    plan::Plan,
    proof::{self, Claim},
    scratch::{self, Scratch},
    source::{self, COMPILED, End, Selection, Source},
};

#[derive(Debug)]
pub(super) struct Diff;

impl Subcommand for Diff {
    fn command(&self) -> Command {
        Command::new("diff")
            .about("Prints the SQL that turns one schema into another")
            .long_about(
                "Prints the SQL that turns one schema into another, and nothing where they are equal; nothing is run. \
                 Each end is a database URL, a snapshot (.json), a file of SQL, a directory of such files or of \
                 migrations, or `compiled`, the schema of this program. SQL is loaded into a scratch database, which \
                 also tells whether two spellings are one fact. Before it is printed, the SQL is run on a copy of the \
                 first schema and what it leaves is compared with the second. A comment above a statement says what is \
                 dangerous about it on a database in use. A rename is told with --rename or in the source; what looks \
                 like one is pointed out. The exit code is 3 where the schemas differ.",
            )
            .after_help(
                "Examples:\n  diff\n  diff --from postgres://app@db.example/chat --summary\n  \
                 diff --from old.sql --to new.sql\n  diff --from migrations --rename users.nick=display_name\n  \
                 diff --format json --output plan.json",
            )
            .args(ends())
            .args(selection_arguments())
            .args(plan::arguments())
            .args(outputs())
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let (previous, next) = sources(cx, matches)?;
        let scratch = cx.scratch(text(matches, "scratch-url"))?;
        let selection = selection(matches);
        let work = compare(cx, matches, (&previous, &next), (&scratch, &selection));
        let comparison = cx.block_on(work)?;
        let output = match text(matches, "format") {
            Some("json") => comparison.json(),
            _ if matches.get_flag("summary") => comparison.summary(),
            _ if matches.get_flag("report") => comparison.report(),
            _ => comparison.plan.script(),
        };
        match matches.get_one::<PathBuf>("output") {
            Some(path) => file::write_atomically(path, &output).map_err(Error::from)?,
            None => cx.print(&output)?,
        }
        Ok(if comparison.is_empty() {
            ExitStatus::Done
        } else {
            ExitStatus::DifferencesFound
        })
    }
}

fn ends() -> [Arg; 4] {
    [
        Arg::new("from")
            .long("from")
            .value_name("SCHEMA")
            .help("The schema that there is; the database where it is not given"),
        Arg::new("to")
            .long("to")
            .value_name("SCHEMA")
            .default_value(COMPILED)
            .help("The schema that is to be"),
        Arg::new("scratch-url")
            .long("scratch-url")
            .value_name("URL")
            .help("A database on whose server scratch databases are made, instead of a server of the kit's own"),
        Arg::new("no-proof")
            .long("no-proof")
            .action(ArgAction::SetTrue)
            .help("Print the SQL without having tried it"),
    ]
}

fn selection_arguments() -> [Arg; 4] {
    [
        Arg::new("privileges")
            .long("privileges")
            .action(ArgAction::SetTrue)
            .help("Compare privileges too, and grant those on what is made again; owners are left alone"),
        Arg::new("rename")
            .long("rename")
            .value_name("OLD=NEW")
            .action(ArgAction::Append)
            .help("A table or column that has another name: users=people, users.nick=name; repeatable"),
        Arg::new("namespace")
            .long("namespace")
            .value_name("NAME")
            .action(ArgAction::Append)
            .help("Look at this namespace alone; repeatable"),
        Arg::new("exclude")
            .long("exclude")
            .value_name("PATTERN")
            .action(ArgAction::Append)
            .value_parser(|text: &str| text.parse::<Pattern>())
            .help("Leave out what has such a name: tmp_*, audit.*; repeatable"),
    ]
}

fn outputs() -> [Arg; 4] {
    [
        Arg::new("format")
            .long("format")
            .value_parser(["sql", "json"])
            .default_value("sql")
            .help("SQL to run, or JSON for a program"),
        Arg::new("summary")
            .long("summary")
            .action(ArgAction::SetTrue)
            .conflicts_with("format")
            .help("Say in words what differs, one line per object"),
        Arg::new("report")
            .long("report")
            .action(ArgAction::SetTrue)
            .conflicts_with_all(["format", "summary"])
            .help(
                "Say which tables each statement locks, scans and rewrites, and how large they are",
            ),
        Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help("Write to FILE, whole or not at all, instead of standard output"),
    ]
}

fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.get_one::<String>(name).map(String::as_str)
}

fn texts<'m>(matches: &'m ArgMatches, name: &str) -> Vec<&'m String> {
    matches.get_many(name).into_iter().flatten().collect()
}

fn sources(cx: &Context<'_>, matches: &ArgMatches) -> Result<(Source, Source), Error> {
    // The second is read first: it says at once where there is no compiled schema.
    let next = cx.source(text(matches, "to").unwrap_or(COMPILED), "--to")?;
    let previous = match text(matches, "from") {
        Some(text) => cx.source(text, "--from")?,
        None => Source::Database(Box::new(cx.database()?)),
    };
    Ok((previous, next))
}

fn selection(matches: &ArgMatches) -> Selection {
    let excluded = matches.get_many::<Pattern>("exclude");
    Selection {
        namespaces: texts(matches, "namespace").into_iter().cloned().collect(),
        excluded: excluded.into_iter().flatten().cloned().collect(),
    }
}

async fn compare(
    cx: &Context<'_>,
    matches: &ArgMatches,
    (source, next): (&Source, &Source),
    (scratch, selection): (&Scratch, &Selection),
) -> Result<Comparison, Error> {
    let filter = Filter {
        privileges: matches.get_flag("privileges"),
        ..Filter::default()
    };
    let (from, to) = source::load_both(source, next, scratch, &filter).await?;
    for (end, read) in [(source, &from), (next, &to)] {
        tell_end(cx, end, read, selection);
        if filter.privileges && read.schema.privileges.is_none() {
            cx.note(&format!(
                "note: {end} says nothing about privileges, so those that there are stay"
            ));
        }
    }
    let whole = &from.schema;
    let (previous, next_schema) = (selection.apply(whole), selection.apply(&to.schema));
    let renames = renames(cx, matches, &previous, next)?;
    let aligned = diff::align(&previous, &next_schema, &renames);
    let diff = diff::Diff::between(&aligned, &next_schema);
    let candidates = diff.rename_candidates();
    for candidate in &candidates {
        cx.note(&format!(
            "note: if this is a rename, say so and no data is lost: --rename {candidate}"
        ));
    }
    let mut options = plan::request(matches).options(&aligned);
    options.server_version = from.server_version;
    let plan = Plan::with_options(&diff, &aligned, &next_schema, &renames, &options)?;
    if !plan.statements.is_empty() && !matches.get_flag("no-proof") {
        let claim = Claim {
            previous: whole,
            next: &next_schema,
            selection,
        };
        match proof::prove(&plan, claim, scratch).await {
            Err(error) if scratch::is_unavailable(&error) => cx.note(&format!(
                "note: the SQL was not tried, since there is no scratch server: {error}"
            )),
            proved => proved?,
        }
    }
    let mut summary = renames.summary();
    summary.extend(diff.summary());
    Ok(Comparison {
        sizes: sizes(matches, source, &plan, &renames).await?,
        renames,
        summary,
        plan,
        candidates,
        unknown: [&from, &to].map(|end| unknown(end, selection)),
    })
}

/// How large the tables are that the plan touches, where that is to be told and there is a database to ask.
async fn sizes(
    matches: &ArgMatches,
    source: &Source,
    plan: &Plan,
    renames: &diff::Renames,
) -> Result<BTreeMap<QualifiedName, TableSize>, Error> {
    let tables = plan.tables(renames);
    let is_told = matches.get_flag("report") || text(matches, "format") == Some("json");
    match source {
        Source::Database(database) if is_told && !tables.is_empty() => {
            let client = database.connect().await?;
            Ok(introspect::sizes(&client, &tables).await?)
        }
        _ => Ok(BTreeMap::new()),
    }
}

/// The hints of the arguments, and those in the source of the compiled schema.
fn renames(
    cx: &Context<'_>,
    matches: &ArgMatches,
    previous: &Schema,
    next: &Source,
) -> Result<diff::Renames, Error> {
    let hints = texts(matches, "rename");
    let mut renames = diff::Renames::from_hints(&hints, previous)?;
    if let Source::Compiled(def) = next {
        for place in renames.add_definitions(def, previous) {
            cx.note(&format!(
                "note: `renamed_from` of {place} has done its work and can go"
            ));
        }
    }
    Ok(renames)
}

fn unknown(end: &End, selection: &Selection) -> Vec<UnknownObject> {
    let meant = end.unknown.iter();
    let meant = meant.filter(|object| selection.contains_unknown(object));
    meant.cloned().collect()
}

/// Tells what of an end is not looked at.
fn tell_end(cx: &Context<'_>, source: &Source, end: &End, selection: &Selection) {
    for object in unknown(end, selection) {
        cx.note(&format!("note: not compared, in {source}: {object}"));
    }
    if end.server_version.is_none() {
        cx.note(&format!(
            "note: {source} is compared as it is written, since there is no scratch server: what is spelled in another \
             way counts as different"
        ));
    }
}
