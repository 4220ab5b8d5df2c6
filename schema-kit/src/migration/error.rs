//! What can go wrong with migrations.

mod help;

use std::{io, path::PathBuf, time::Duration};

use super::{Excerpt, LockHolder, Problem, Refusal};

/// An error of reading or applying migrations.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrationError {
    /// The directory of migrations does not exist.
    #[error("there is no migrations directory `{}`", .path.display())]
    DirectoryMissing {
        /// The directory.
        path: PathBuf,
    },
    /// A directory or file could not be read.
    #[error("cannot read `{}`", .path.display())]
    Unreadable {
        /// The directory or file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A directory among the migrations is not named like one.
    #[error("`{name}` is not the name of a migration")]
    BadName {
        /// The name.
        name: String,
        /// The directory, or what else the migration says of its origin.
        origin: String,
    },
    /// A migration has no `up.sql`.
    #[error("there is no `{}`", .path.display())]
    FileMissing {
        /// The file.
        path: PathBuf,
    },
    /// A file is not UTF-8.
    #[error("`{}` is not UTF-8", .path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The first line that is not, counted from 1.
        line: usize,
    },
    /// A file holds a zero byte, which no SQL can.
    #[error("the migration holds a zero byte")]
    NulByte {
        /// The file.
        origin: String,
        /// The line, counted from 1.
        line: usize,
    },
    /// Two migrations have one version.
    #[error("the migrations `{first}` and `{second}` have the same version")]
    DuplicateVersion {
        /// One, `<version>_<name>`.
        first: String,
        /// The other.
        second: String,
    },
    /// A quote, comment or parenthesis is not closed.
    #[error("a {what} is opened and not closed in migration `{migration}`")]
    Unclosed {
        /// The migration, `<version>_<name>`.
        migration: String,
        /// The file.
        origin: String,
        /// The line it is opened on, counted from 1.
        line: usize,
        /// What was opened.
        what: &'static str,
    },
    /// A statement that a migration cannot hold; nothing was run.
    #[error("migration `{migration}` holds {}", refused(*.refusal))]
    Refused {
        /// The migration, `<version>_<name>`.
        migration: String,
        /// Why.
        refusal: Refusal,
        /// The statement's first line.
        excerpt: Box<Excerpt>,
    },
    /// The history does not fit the migrations; nothing was run.
    #[error("the migrations do not fit the history of database `{database}`:{}", lines(.problems))]
    History {
        /// The database.
        database: String,
        /// Each migration that does not fit.
        problems: Vec<Problem>,
    },
    /// A row of the history that this version of the kit did not write.
    #[error("the history table `schema_kit.history` holds a version `{version}` that is none")]
    UnknownHistory {
        /// The row's version.
        version: String,
    },
    /// The server is too old.
    #[error("the server runs PostgreSQL {version}; 14 or newer is needed")]
    ServerTooOld {
        /// Its version.
        version: String,
    },
    /// The server answered a question with nothing, as no PostgreSQL does.
    #[error("the server does not say which version it is")]
    NoAnswer,
    /// Another runner was at work for too long; nothing was run.
    #[error(
        "another migration of database `{database}` is running; gave up after {} s",
        .waited.as_secs()
    )]
    Locked {
        /// The database.
        database: String,
        /// How long this runner waited.
        waited: Duration,
        /// Who holds the lock, where that can be seen.
        holder: Option<Box<LockHolder>>,
    },
    /// The connection is a pooler's that gives each transaction another session, so the lock protects nothing.
    #[error(
        "the connection to database `{database}` is not one session: a pooler gives each transaction another one"
    )]
    Pooled {
        /// The database.
        database: String,
        /// The server process that keeps the lock, where it could not be given back.
        kept_by: Option<i32>,
    },
    /// No migration has the version that was named.
    #[error("there is no migration of version `{version}`")]
    UnknownVersion {
        /// The version.
        version: String,
        /// The newest migration there is.
        newest: Option<String>,
    },
    /// A migration cannot share one transaction with others; nothing was run.
    #[error("migration `{migration}` cannot be one transaction")]
    NotSingle {
        /// The migration, `<version>_<name>`.
        migration: String,
        /// The statement that keeps it from that.
        excerpt: Box<Excerpt>,
    },
    /// A file was edited, or is cut into other parts, while some of its parts are done; nothing was run.
    #[error("migration `{migration}` was edited after {done} of its parts ran")]
    EditedMidway {
        /// The migration, `<version>_<name>`.
        migration: String,
        /// The file.
        origin: String,
        /// How many parts are done.
        done: usize,
    },
    /// A row of the history was changed by somebody else while its migration ran.
    #[error("the history of migration `{migration}` was changed by somebody else while it ran")]
    HistoryChanged {
        /// The migration, `<version>_<name>`.
        migration: String,
    },
    /// A migration cannot be taken back.
    #[error("migration `{migration}` has no `down.sql`")]
    NoDown {
        /// The migration, `<version>_<name>`.
        migration: String,
    },
    /// A migration cannot be taken back before all of it is applied.
    #[error("migration `{migration}` is not applied as a whole")]
    HalfUp {
        /// The migration, `<version>_<name>`.
        migration: String,
    },
    /// A database that has a history needs no baseline.
    #[error("database `{database}` has a history already, up to `{newest}`")]
    NotEmpty {
        /// The database.
        database: String,
        /// The newest migration in it.
        newest: String,
    },
    /// What was decided about a migration does not fit it.
    #[error("cannot repair version `{version}`: it {reason}")]
    CannotRepair {
        /// The version.
        version: String,
        /// Why, as the rest of a sentence.
        reason: &'static str,
    },
    /// A snapshot that has to follow another migration from now on could not be read.
    #[error("cannot read the snapshot of migration `{migration}`: {reason}")]
    Snapshot {
        /// The migration, `<version>_<name>`.
        migration: String,
        /// What is wrong with it.
        reason: String,
    },
    /// There is nothing to squash.
    #[error("there are fewer than two migrations to make one of")]
    TooFew,
    /// Migrations that are part of the binary cannot be changed.
    #[error("the migrations are built into this binary")]
    BuiltIn,
    /// A file could not be written or removed.
    #[error("cannot write `{}`", .path.display())]
    Unwritable {
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The history table could not be created; nothing was run.
    #[error("cannot create the history table `schema_kit.history` in database `{database}`")]
    NoHistory {
        /// The database.
        database: String,
        /// The role.
        user: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// A statement of a migration failed.
    #[error("migration `{migration}` failed at statement {number} of {total}")]
    Statement {
        /// The migration, `<version>_<name>`.
        migration: String,
        /// Which statement, counted from 1.
        number: usize,
        /// How many the migration has.
        total: usize,
        /// What is left of the migration.
        left: Left,
        /// The line the server complains about.
        excerpt: Box<Excerpt>,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// A migration's transaction could not be begun or committed.
    #[error("the transaction of migration `{migration}` failed")]
    Transaction {
        /// The migration, `<version>_<name>`.
        migration: String,
        /// What is left of the migration.
        left: Left,
        /// The server's answer: a deferred constraint, for instance.
        source: tokio_postgres::Error,
    },
    /// Anything else the server did not do.
    #[error("cannot {action}")]
    Database {
        /// What was to be done.
        action: &'static str,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
}

/// What is left of a migration that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// Nothing.
    Nothing,
    /// So many of its parts, of so many.
    Parts(usize, usize),
    /// A part that is half done, which the next run goes on with.
    Begun,
    /// It is not known: the connection was lost.
    Unknown,
}

fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TransactionControl => "a statement that controls transactions",
        Refusal::Unpaired => "one half of a transaction",
        Refusal::InTransaction => "a statement between BEGIN and COMMIT that no transaction holds",
        Refusal::Unnamed => "a statement outside of a transaction that does not name what it makes",
        Refusal::CopyFromStdin => "a `COPY … FROM STDIN`",
        Refusal::PsqlCommand => "a command of psql",
    }
}

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("\n{problem}"))
        .collect()
}
