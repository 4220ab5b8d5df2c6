//! The command line as a whole: its arguments, its subcommands and its exit code.

use std::{
    error::Error as StdError, ffi::OsString, io::Write as _, path::PathBuf, process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, error::ErrorKind};
use schema_core::def::SchemaDef;

use super::{
    context::Context, ddl::Ddl, explain::Explain, generate::Generate, lint::Lint, migrate::Migrate,
    pull::Pull, rebase::Rebase, report, server::Server, status::Status, style::Style,
};
use crate::{
    error::Error,
    exit_code::{self, ExitStatus},
    migration::MigrationSource,
};

/// Why a subcommand failed: an [`Error`] of the kit, or one of the application's own.
pub type Failure = Box<dyn StdError + Send + Sync>;

/// One subcommand.
///
/// # Examples
///
/// ```
/// use schema_kit::{Context, ExitStatus, Kit, Subcommand, clap, cli::Failure};
/// # use schema_core::def::SchemaDef;
/// # static CHAT: SchemaDef = SchemaDef::new("CHAT");
///
/// #[derive(Debug)]
/// struct CountTables;
///
/// impl Subcommand for CountTables {
///     fn command(&self) -> clap::Command {
///         clap::Command::new("count").about("Counts the tables of the schema")
///     }
///
///     fn run(&self, cx: &Context<'_>, _: &clap::ArgMatches) -> Result<ExitStatus, Failure> {
///         cx.print(&format!("{}\n", cx.schema().tables.len()))?;
///         Ok(ExitStatus::Done)
///     }
/// }
///
/// let kit = Kit::new(&CHAT).command(CountTables);
/// assert_eq!(kit.run(["chat", "count"]), ExitStatus::Done);
/// ```
pub trait Subcommand {
    /// Its name, arguments and help.
    fn command(&self) -> Command;

    /// Does it.
    ///
    /// # Errors
    ///
    /// Whatever goes wrong; the command line prints it, an [`Error`] of the kit with its location and help.
    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure>;
}

/// A command line over a schema.
///
/// # Examples
///
/// ```
/// use schema_kit::{ExitStatus, Kit, migration::MigrationSource};
/// # use schema_core::def::SchemaDef;
/// # static CHAT: SchemaDef = SchemaDef::new("CHAT");
///
/// let kit = Kit::new(&CHAT).migrations(MigrationSource::Embedded(&[
///     ("0001_init", "CREATE TABLE users (id bigint PRIMARY KEY);", None),
/// ]));
/// assert_eq!(kit.run(["chat", "no-such-command"]), ExitStatus::BadArguments);
/// ```
pub struct Kit {
    pub(super) schema: &'static SchemaDef,
    pub(super) migrations: MigrationSource,
    pub(super) directory: Option<PathBuf>,
    commands: Vec<Box<dyn Subcommand>>,
}

impl Kit {
    /// A command line with the kit's own subcommands, and its migrations in the directory `migrations`.
    #[must_use]
    pub fn new(schema: &'static SchemaDef) -> Self {
        Self {
            schema,
            migrations: MigrationSource::Directory("migrations".into()),
            directory: None,
            commands: vec![
                Box::new(Ddl),
                Box::new(Explain),
                Box::new(Generate),
                Box::new(Lint),
                Box::new(Migrate),
                Box::new(Pull),
                Box::new(Rebase),
                Box::new(Status),
                Box::new(Server),
            ],
        }
    }

    /// Takes the migrations from elsewhere; `--migrations` still overrides it.
    #[must_use]
    pub fn migrations(mut self, source: MigrationSource) -> Self {
        self.migrations = source;
        self
    }

    /// Writes migrations to this directory, where they are built into the binary; otherwise they are written to
    /// `migrations`. `--migrations` still overrides it.
    #[must_use]
    pub fn migrations_directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// Adds a subcommand of the application's own.
    #[must_use]
    pub fn command(mut self, command: impl Subcommand + 'static) -> Self {
        self.commands.push(Box::new(command));
        self
    }

    /// Runs with the process's arguments.
    #[must_use = "the exit code is the command's result"]
    pub fn main(self) -> ExitCode {
        self.run(std::env::args_os()).into()
    }

    /// Runs with the arguments given, of which the first is the program's name.
    pub fn run<I>(&self, arguments: I) -> ExitStatus
    where
        I: IntoIterator,
        I::Item: Into<OsString> + Clone,
    {
        let matches = match self.build_command().try_get_matches_from(arguments) {
            Ok(matches) => matches,
            Err(error) => return print_usage(&error),
        };
        let cx = Context::new(self, &matches);
        // clap has checked that there is a subcommand and that it is one of these.
        let outcome = matches.subcommand().and_then(|(name, matches)| {
            let command = self
                .commands
                .iter()
                .find(|command| command.command().get_name() == name)?;
            Some(command.run(&cx, matches))
        });
        match outcome {
            Some(Ok(status)) => status,
            Some(Err(failure)) => fail(&*failure),
            None => ExitStatus::BadArguments,
        }
    }

    fn build_command(&self) -> Command {
        let url = Arg::new("database-url")
            .long("database-url")
            .value_name("URL")
            .global(true)
            .help("The database; wins over DATABASE_URL")
            .long_help(
                "The database: postgres://user:password@host:5432/name, or key=value pairs. It wins over \
                 DATABASE_URL, which is the better place for a password: arguments show in the process list.",
            );
        Command::new("schema-kit")
            .bin_name(program_name())
            .about(format!(
                "The command line over the schema {}",
                self.schema.name
            ))
            .version(env!("CARGO_PKG_VERSION"))
            .arg_required_else_help(true)
            .subcommand_required(true)
            .arg(url)
            .after_help(after_help())
            .subcommands(self.commands.iter().map(|command| command.command()))
    }
}

impl std::fmt::Debug for Kit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Kit")
            .field("schema", &self.schema.name)
            .field("migrations", &self.migrations)
            .finish_non_exhaustive()
    }
}

/// What `--help` says beside the commands and options.
fn after_help() -> String {
    format!("{ENVIRONMENT}\n\n{}\n\n{EXAMPLES}", exit_code::HELP)
}

const ENVIRONMENT: &str = "\
Environment:
  DATABASE_URL  the database, where --database-url is not given; also read from a file .env
                here or in a directory above. Without it, an embedded server is used.
  NO_COLOR      no colors, which are used on a terminal only";

const EXAMPLES: &str = "\
Examples:
  ddl                      print the schema's SQL
  lint                     get advice about it
  explain T0424            what a compile-time error means
  generate                 write the next migration
  migrate                  bring the database up to date
  pull --output src        write the database as Rust source
  server psql              look into the embedded database
  status --format json     what is applied and what is not, for a program";

/// The name the user typed, for the usage lines.
fn program_name() -> String {
    let path = std::env::args_os().next().map(std::path::PathBuf::from);
    let name = path.as_ref().and_then(|path| path.file_stem());
    name.map_or_else(
        || "schema-kit".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Prints help and version to standard output, and mistakes to standard error.
fn print_usage(error: &clap::Error) -> ExitStatus {
    // A reader who went away is no mistake of the user's.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitStatus::Done,
        _ => ExitStatus::BadArguments,
    }
}

fn fail(failure: &(dyn StdError + Send + Sync + 'static)) -> ExitStatus {
    let error = failure.downcast_ref::<Error>();
    if error.is_some_and(Error::is_broken_pipe) {
        return ExitStatus::Done;
    }
    let text = report::render(failure, error, Style::of_stderr());
    // Where standard error is closed there is nobody to tell.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
    if error.is_some_and(Error::is_bad_argument) {
        ExitStatus::BadArguments
    } else {
        ExitStatus::Failed
    }
}
