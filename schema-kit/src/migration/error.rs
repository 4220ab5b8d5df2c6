//! What can go wrong with migrations.

use std::{io, path::PathBuf, time::Duration};

use schema_core::ident::quote;
use tokio_postgres::error::SqlState;

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

impl MigrationError {
    /// Where it happened: the file and line, with the SQL below.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::BadName { origin, .. } => Some(origin.clone()),
            Self::NotUtf8 { path, line } => Some(format!("{}, line {line}", path.display())),
            Self::NulByte { origin, line } | Self::Unclosed { origin, line, .. } => {
                Some(format!("{origin}, line {line}"))
            }
            Self::Refused { excerpt, .. } | Self::Statement { excerpt, .. } => {
                Some(excerpt.to_string())
            }
            Self::Locked { holder, .. } => holder.as_ref().map(ToString::to_string),
            _ => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::DirectoryMissing { .. } => {
                "create it, or name another with `--migrations DIR`; a migration is `<version>_<name>/up.sql` in it"
            }
            Self::BadName { .. } => {
                "name it digits, an underscore and what it does: `0002_add_roles`"
            }
            Self::FileMissing { .. } => "write the migration's SQL there, or remove its directory",
            Self::NotUtf8 { .. } => "save the file as UTF-8",
            Self::DuplicateVersion { .. } => {
                "give the one that is not applied anywhere yet a higher version"
            }
            Self::Refused { refusal, .. } => refusal_help(*refusal),
            Self::History { .. } => {
                "restore the files as they were applied, and give new migrations a version above the newest applied one"
            }
            Self::Locked { .. } => {
                "wait for it to finish, or allow more time with `--lock-wait SECONDS`"
            }
            Self::ServerTooOld { .. } => "upgrade the server, or name another one",
            Self::NoHistory {
                database,
                user,
                source,
            } => {
                let denied = source.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE);
                return denied.then(|| {
                    format!(
                        "an owner can allow it: GRANT CREATE ON DATABASE {} TO {}",
                        quote(database),
                        quote(user)
                    )
                });
            }
            Self::Statement { source, .. } | Self::Transaction { source, .. } => {
                return Some(failure_help(source));
            }
            _ => return None,
        };
        Some(text.to_owned())
    }
}

fn failure_help(source: &tokio_postgres::Error) -> String {
    if source.is_closed() || source.code().is_none() {
        return "the connection was lost: `status` shows whether the migration was committed; run `migrate` again"
            .to_owned();
    }
    let kept = "the migration was rolled back and nothing of it is left";
    if source.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) {
        return format!(
            "{kept}; connect as the owner of the object, or have the owner grant what is missing (for a new table: \
             GRANT CREATE ON SCHEMA)"
        );
    }
    format!("{kept}; correct it and run `migrate` again")
}

fn refused(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TransactionControl => "a statement that begins or ends a transaction",
        Refusal::NonTransactional => "a statement that PostgreSQL does not run in a transaction",
        Refusal::CopyFromStdin => "a `COPY … FROM STDIN`",
        Refusal::PsqlCommand => "a command of psql",
    }
}

fn refusal_help(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TransactionControl => {
            "remove it: each migration runs in a transaction of its own already"
        }
        Refusal::NonTransactional => {
            "leave out CONCURRENTLY where the table is small or not in use, or run the statement by hand"
        }
        Refusal::CopyFromStdin => "write the rows as INSERT … VALUES",
        Refusal::PsqlCommand => "write it as SQL: only psql understands its commands",
    }
}

fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("\n{problem}"))
        .collect()
}
