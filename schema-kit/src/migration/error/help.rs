//! Where an error happened, and what to do about it.

use schema_core::ident::quote;
use tokio_postgres::error::SqlState;

use super::{Left, MigrationError, Refusal};
use crate::migration::{Problem, State, part::NO_TRANSACTION};

impl MigrationError {
    /// Where it happened: the file and line, with the SQL below.
    #[must_use]
    pub fn location(&self) -> Option<String> {
        match self {
            Self::BadName { origin, .. } | Self::EditedMidway { origin, .. } => {
                Some(origin.clone())
            }
            Self::NotUtf8 { path, line } => Some(format!("{}, line {line}", path.display())),
            Self::NulByte { origin, line } | Self::Unclosed { origin, line, .. } => {
                Some(format!("{origin}, line {line}"))
            }
            Self::Refused { excerpt, .. }
            | Self::Statement { excerpt, .. }
            | Self::NotSingle { excerpt, .. } => Some(excerpt.to_string()),
            Self::Locked { holder, .. } => holder.as_ref().map(ToString::to_string),
            _ => None,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let text = match self {
            Self::History { problems, .. } => return Some(history_help(problems)),
            Self::Pooled { kept_by, .. } => return Some(pooled_help(*kept_by)),
            Self::UnknownVersion { newest, .. } => {
                return newest.as_ref().map(|newest| {
                    format!("the newest migration is `{newest}`; `status` lists all")
                });
            }
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
            Self::Statement { left, source, .. } | Self::Transaction { left, source, .. } => {
                return Some(failure_help(*left, source));
            }
            Self::Database { source, .. } if source.code() == Some(&SqlState::UNDEFINED_COLUMN) => {
                "the table is of an older version of the kit, or not of the kit at all: rename it, and take over what is \
                 applied with `baseline`"
            }
            other => return other.simple_help().map(str::to_owned),
        };
        Some(text.to_owned())
    }

    /// The help that is the same for every error of its kind.
    fn simple_help(&self) -> Option<&'static str> {
        Some(match self {
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
            Self::Locked { .. } => {
                "wait for it to finish, or allow more time with `--lock-wait SECONDS`"
            }
            Self::ServerTooOld { .. } => "upgrade the server, or name another one",
            Self::NotSingle { .. } => {
                "leave out `--single-transaction`, or apply what comes before it first, with `--to`"
            }
            Self::EditedMidway { .. } => {
                "restore the file and run again; or, where the parts that are done are unchanged, take the rest as it is \
                 now with `repair VERSION --as resume`; `repair` shows more"
            }
            Self::NoDown { .. } => {
                "write its `down.sql`, or write a new migration that does the opposite"
            }
            Self::HalfUp { .. } => "finish it with `migrate` first, or look at it with `repair`",
            Self::NotEmpty { .. } => {
                "`status` shows what it has; a single migration is recorded with `repair VERSION --as applied`"
            }
            Self::CannotRepair { .. } => "`repair` without a version lists what can be repaired",
            Self::BuiltIn => "name their directory with `--migrations DIR`",
            Self::HistoryChanged { .. } => "`status` shows what the history says now",
            _ => return None,
        })
    }
}

fn history_help(problems: &[Problem]) -> String {
    let has = |state: State| problems.iter().any(|problem| problem.state == state);
    let mut help = Vec::new();
    if has(State::Diverged) || has(State::Missing) {
        help.push("restore the files as they were applied (`repair` can take them as they are)");
    }
    if has(State::OutOfOrder) {
        help.push(
            "give new migrations a version above the newest applied one, or apply them all the same with \
             `--allow out-of-order`",
        );
    }
    if has(State::Missing) {
        help.push("`--allow missing` leaves what is missing as it is");
    }
    if has(State::Interrupted) {
        help.push("run `down` again to finish what it began");
    }
    if has(State::PartlySquashed) {
        help.push("apply the files from before the squash first, which the history of your repository has");
    }
    help.join("; ")
}

fn pooled_help(kept_by: Option<i32>) -> String {
    let help = "connect to the server itself, or to a pool in session mode: a lock that protects a migration needs a \
                session of its own";
    match kept_by {
        Some(pid) => format!(
            "{help}. The lock stays with server process {pid} until the pooler closes it: SELECT \
             pg_terminate_backend({pid})"
        ),
        None => help.to_owned(),
    }
}

fn failure_help(left: Left, source: &tokio_postgres::Error) -> String {
    let code = source.code();
    let kept = match left {
        Left::Unknown => {
            return "the connection was lost: `status` shows how far the migration has come, and `migrate` goes on there"
                .to_owned();
        }
        Left::Nothing => "the migration was rolled back and nothing of it is left".to_owned(),
        Left::Parts(done, total) => {
            format!("parts 1 to {done} of {total} are done and stay, the rest was rolled back")
        }
        Left::Begun => "the statement is half done, and the next run goes on with it".to_owned(),
    };
    let advice = if code == Some(&SqlState::INSUFFICIENT_PRIVILEGE) {
        return format!(
            "{kept}; connect as the owner of the object, or have the owner grant what is missing (for a new table: \
             GRANT CREATE ON SCHEMA)"
        );
    } else if code == Some(&SqlState::LOCK_NOT_AVAILABLE) {
        "somebody uses the table: run `migrate` again when that has ended, or wait longer with `--lock-timeout`"
    } else if code == Some(&SqlState::ACTIVE_SQL_TRANSACTION)
        || code == Some(&SqlState::INVALID_TRANSACTION_TERMINATION)
    {
        return format!(
            "{kept}; have it run alone by the line `{NO_TRANSACTION}` above it, and run `migrate` again"
        );
    } else if code == Some(&SqlState::from_code("55P04")) {
        "use the new label in a migration of its own, and run `migrate` again"
    } else if matches!(left, Left::Nothing) {
        "correct it and run `migrate` again"
    } else {
        "correct what it is about and run `migrate` again; where the file has to change, `repair` says how"
    };
    format!("{kept}; {advice}")
}

fn refusal_help(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TransactionControl => {
            "remove it: a migration runs in a transaction of its own already, or in one for what stands between each \
             BEGIN and COMMIT"
        }
        Refusal::Unpaired => {
            "let each BEGIN be followed by its COMMIT; what stands between them is one transaction"
        }
        Refusal::InTransaction => "end the transaction with COMMIT above it",
        Refusal::Unnamed => {
            "give the index a name, so that the runner can tell after a crash whether it was made"
        }
        Refusal::CopyFromStdin => "write the rows as INSERT … VALUES",
        Refusal::PsqlCommand => "write it as SQL: only psql understands its commands",
    }
}
