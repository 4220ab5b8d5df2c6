//! What every subcommand works with: the schema, the options that all share, and the outputs.

use std::{
    env,
    future::Future,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::ArgMatches;
use schema_core::def::SchemaDef;

use super::{kit::Kit, progress};
use crate::{
    database::Database,
    error::{Error, OutputError},
    migration::{self, MigrationSource, Migrations, Options, Summary},
    server::{OnProgress, Project},
};

/// The schema, the options all subcommands share, and the outputs.
#[derive(Debug)]
pub struct Context<'a> {
    schema: &'static SchemaDef,
    migrations: &'a MigrationSource,
    directory: Option<&'a Path>,
    database_url: Option<String>,
}

impl<'a> Context<'a> {
    pub(super) fn new(kit: &'a Kit, matches: &ArgMatches) -> Self {
        // A global option is seen at each level, and the innermost is the one that counts.
        let inner = matches.subcommand().map(|(_, inner)| inner);
        let url = inner.and_then(|inner| inner.get_one::<String>("database-url"));
        Self {
            schema: kit.schema,
            migrations: &kit.migrations,
            directory: kit.directory.as_deref(),
            database_url: url.cloned(),
        }
    }

    /// The schema as it was compiled.
    #[must_use]
    pub fn schema(&self) -> &'static SchemaDef {
        self.schema
    }

    /// The database that the user means: the one named, or the embedded one, started where it does not run.
    ///
    /// # Errors
    ///
    /// When the URL cannot be used, or there is no embedded server.
    pub fn database(&self) -> Result<Database, Error> {
        let directory = env::current_dir().unwrap_or_default();
        match Database::find(self.database_url.as_deref(), &directory)? {
            Some(database) => Ok(database),
            None => Database::embedded(&self.project()),
        }
    }

    /// The project in the working directory, which has the embedded server; what takes long is told.
    #[must_use]
    pub fn project(&self) -> Project {
        let directory = env::current_dir().unwrap_or_default();
        Project::discover(&directory).with_progress(OnProgress::new(progress::tell_server))
    }

    /// The migrations, read from the directory given or from where the application has them.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn migrations(&self, directory: Option<&PathBuf>) -> Result<Migrations, Error> {
        Ok(match directory {
            Some(directory) => MigrationSource::Directory(directory.clone()).load()?,
            None => self.migrations.load()?,
        })
    }

    /// The directory that migrations are written to: the one given, or the application's.
    #[must_use]
    pub fn migrations_directory(&self, given: Option<&PathBuf>) -> PathBuf {
        match (given, self.directory, self.migrations) {
            (Some(directory), _, _) => directory.clone(),
            (None, Some(directory), _) => directory.to_owned(),
            (None, None, MigrationSource::Directory(directory)) => directory.clone(),
            (None, None, _) => "migrations".into(),
        }
    }

    /// Runs a future on a runtime of this thread alone.
    ///
    /// # Errors
    ///
    /// When the runtime cannot be started; otherwise what the future says.
    pub fn block_on<T, E: From<Error>>(
        &self,
        future: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.map_err(|error| Error::from(OutputError::Runtime(error)))?;
        runtime.block_on(future)
    }

    /// Applies the migrations that the database does not have yet, telling on standard error what is done.
    ///
    /// # Errors
    ///
    /// When the database is not reached, or as for [`migration::apply`].
    pub async fn migrate(
        &self,
        database: &Database,
        migrations: &Migrations,
        options: &Options,
    ) -> Result<Summary, Error> {
        let mut client = database.connect().await?;
        let mut observe = |event: migration::Event<'_>| progress::tell(self, &event);
        Ok(migration::apply(&mut client, migrations, options, &mut observe).await?)
    }

    /// Writes a result to standard output.
    ///
    /// # Errors
    ///
    /// When it cannot be written; a reader who went away ends the command in silence.
    pub fn print(&self, text: &str) -> Result<(), Error> {
        let mut stdout = io::stdout().lock();
        let written = stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush());
        Ok(written.map_err(OutputError::Stdout)?)
    }

    /// Writes a line about what is going on to standard error.
    pub fn note(&self, text: &str) {
        note(text);
    }
}

/// Writes a line to standard error.
pub(super) fn note(text: &str) {
    // A command's work does not depend on somebody watching.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
