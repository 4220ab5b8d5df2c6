//! What can go wrong with the embedded PostgreSQL server.

use std::{io, path::PathBuf};

/// An error of the embedded server: finding, making, starting, stopping or fetching it.
///
/// Every message fits one line (a failed program's own words follow on further lines) and ends
/// with what to do about it.
///
/// ```
/// use schema_kit::ServerError;
///
/// let error = ServerError::NotFound { notes: Vec::new() };
/// assert!(error.to_string().contains("DATABASE_URL"));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// No usable server binaries anywhere; `notes` says what was passed over and why.
    #[error(
        "no PostgreSQL server (version 14 or newer) was found: install one ({hint}), set PG_BIN to \
         the directory of its `initdb`, or set DATABASE_URL to a running server{}",
        note_lines(.notes),
        hint = install_hint()
    )]
    NotFound {
        /// What was found but not usable, one sentence each.
        notes: Vec<String>,
    },

    /// `PG_BIN` is set but cannot be used.
    #[error(
        "PG_BIN is `{}`, but {reason}: point it at the directory of `initdb`, or unset it",
        .path.display()
    )]
    PgBin {
        /// The value of `PG_BIN`.
        path: PathBuf,
        /// Why it cannot be used.
        reason: String,
    },

    /// A cluster exists, but no installation of its major version does.
    #[error(
        "the database in `{}` was made by PostgreSQL {cluster}, but only {} is installed: \
         install PostgreSQL {cluster}, or delete that directory to start afresh",
        .data.display(),
        .installed.join(", ")
    )]
    VersionMismatch {
        /// The cluster's data directory.
        data: PathBuf,
        /// The major version in its `PG_VERSION`.
        cluster: String,
        /// The versions found on this machine.
        installed: Vec<String>,
    },

    /// A file or directory could not be read, made, changed or removed.
    #[error("cannot {action} `{}`", .path.display())]
    Io {
        /// What was being done, as a verb phrase: `create`, `read the lock file`.
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },

    /// The migrations of a test's template do not run.
    #[error("cannot fill the template of the tests' databases")]
    Template(#[source] Box<crate::migration::MigrationError>),

    /// A program could not be started at all.
    #[error("cannot run `{}`: check that it is installed and executable", .program.display())]
    Spawn {
        /// The program.
        program: PathBuf,
        /// The system's reason.
        source: io::Error,
    },

    /// One of PostgreSQL's programs reported a failure.
    #[error("`{}` failed ({status}):\n{output}", .program.display())]
    Program {
        /// The program.
        program: PathBuf,
        /// Its exit status in words.
        status: String,
        /// The last lines it printed.
        output: String,
    },

    /// The server did not come up.
    #[error("the PostgreSQL server did not start; the end of its log `{}` says:\n{tail}", .log.display())]
    Start {
        /// The server's log file.
        log: PathBuf,
        /// The last lines of the log, or of `pg_ctl` when there is no log.
        tail: String,
    },

    /// Run as root, but there is no other user to run the server as.
    #[error(
        "PostgreSQL refuses to run as root and there is neither a user `postgres` nor `nobody`: \
         run this command as another user, or set DATABASE_URL"
    )]
    NoServerUser,

    /// A directory that must be private is not.
    #[error(
        "`{}` cannot be used for the server's socket because {reason}: remove it, or set TMPDIR to \
         a directory of your own",
        .path.display()
    )]
    NotPrivate {
        /// The directory.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },

    /// `psql` is neither beside the server's binaries nor in `PATH`.
    #[error(
        "`psql` was not found: install the PostgreSQL client, or connect to {url} with another one"
    )]
    NoPsql {
        /// Where to connect.
        url: String,
    },

    /// The guard of a throw-away server could not be set up.
    #[error("cannot set up the throw-away server in `{}`: {reason}", .directory.display())]
    Guard {
        /// The throw-away directory.
        directory: PathBuf,
        /// What happened.
        reason: String,
    },

    /// A statement on the embedded server failed.
    #[error("cannot {action}")]
    Database {
        /// What was being done, as a verb phrase.
        action: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },

    /// The archive of PostgreSQL could not be downloaded.
    #[cfg(feature = "fetch")]
    #[error(
        "cannot download {url}: check the network, install PostgreSQL ({hint}), or set DATABASE_URL",
        hint = install_hint()
    )]
    Download {
        /// The address.
        url: String,
        /// The reason, an error of the HTTP client or an interrupted transfer.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    /// The downloaded archive is not the one its publisher describes.
    #[cfg(feature = "fetch")]
    #[error(
        "the archive from {url} is damaged (SHA-256 {found}, expected {expected}): nothing was \
         installed; try again, or install PostgreSQL another way"
    )]
    Checksum {
        /// The address of the archive.
        url: String,
        /// The published checksum.
        expected: String,
        /// The checksum of what came.
        found: String,
    },

    /// The downloaded archive could not be unpacked, or holds no server.
    #[cfg(feature = "fetch")]
    #[error("the archive from {url} cannot be used because {reason}: nothing was installed")]
    Archive {
        /// The address of the archive.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The command that installs PostgreSQL here.
fn install_hint() -> &'static str {
    if cfg!(target_os = "macos") {
        "`brew install postgresql@17`"
    } else if cfg!(windows) {
        "`winget install PostgreSQL.PostgreSQL.17`"
    } else {
        "`apt install postgresql` or `dnf install postgresql-server`"
    }
}

fn note_lines(notes: &[String]) -> String {
    notes
        .iter()
        .map(|note| format!("\n  note: {note}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::ServerError;

    #[test]
    fn the_message_for_no_server_says_what_to_do_in_its_first_line() {
        let error = ServerError::NotFound {
            notes: vec!["`/old/bin` has 9.6".to_owned()],
        };
        let text = error.to_string();
        let mut lines = text.lines();
        let first = lines.next().unwrap();
        assert!(
            first.contains("install one") && first.contains("PG_BIN"),
            "{first}"
        );
        assert_eq!(lines.next(), Some("  note: `/old/bin` has 9.6"));
    }
}
