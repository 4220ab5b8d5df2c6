//! `ddl`: the schema's SQL.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use schema_core::{ddl, schema::Schema};

use super::{
    context::Context,
    file,
    kit::{Failure, Subcommand},
};
use crate::{error::Error, exit_code::ExitStatus};

#[derive(Debug)]
pub(super) struct Ddl;

impl Subcommand for Ddl {
    fn command(&self) -> Command {
        let output = Arg::new("output")
            .long("output")
            .short('o')
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help("Write to FILE, whole or not at all, instead of standard output");
        Command::new("ddl")
            .about("Prints the SQL that creates the schema")
            .long_about(
                "Prints the SQL that creates the schema in an empty database: extensions, tables, indexes and \
                 comments in an order that PostgreSQL accepts. No database is needed, and the same schema always \
                 gives the same bytes.",
            )
            .after_help("Examples:\n  ddl | psql chat\n  ddl --output schema.sql")
            .arg(output)
    }

    fn run(&self, cx: &Context<'_>, matches: &ArgMatches) -> Result<ExitStatus, Failure> {
        let sql = render(cx)?;
        match matches.get_one::<PathBuf>("output") {
            Some(path) => file::write_atomically(path, &sql).map_err(Error::from)?,
            None => cx.print(&sql)?,
        }
        Ok(ExitStatus::Done)
    }
}

fn render(cx: &Context<'_>) -> Result<String, Error> {
    let schema = Schema::from_def(cx.schema()?).map_err(|error| Error::Schema(Box::new(error)))?;
    Ok(ddl::script(&schema))
}
