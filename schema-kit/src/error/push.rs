//! Why a development database is not brought to the compiled schema, or not made anew.

/// An error of bringing a database to the compiled schema.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PushError {
    /// Rows or values would be lost.
    #[error("the push deletes data: {}", .losses.join("; "))]
    DeletesData {
        /// What, counted: `12 rows of table posts`.
        losses: Vec<String>,
    },
    /// The database's rows could not be counted, or the record of what was pushed not read or written.
    #[error("cannot {action}")]
    Database {
        /// What was tried.
        action: &'static str,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// A transaction could not be begun or committed.
    #[error("the push was rolled back")]
    Transaction {
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// A statement was refused.
    #[error("statement {number} of {total} was refused:\n{statement}")]
    Statement {
        /// Which one, counted from 1.
        number: usize,
        /// How many there are.
        total: usize,
        /// How many before it were committed already.
        kept: usize,
        /// The statement.
        statement: String,
        /// The server's answer.
        source: tokio_postgres::Error,
    },
    /// A database on another machine is not recreated without its name.
    #[error("the database `{database}` on {address} is not on this machine")]
    NotLocal {
        /// The database.
        database: String,
        /// Where it is.
        address: String,
    },
}

impl PushError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::DeletesData { .. } => Some(
                "add `--allow deletes-data` where that is meant, or `--rename OLD=NEW`".to_owned(),
            ),
            Self::Statement { kept: 0, .. } => Some("nothing was changed".to_owned()),
            Self::Statement { kept, .. } => Some(format!(
                "the {kept} statements before it are committed, since what they made can be used after that only; \
                 run `push` again when it is corrected"
            )),
            Self::NotLocal { database, .. } => Some(format!(
                "add `--yes-really {database}` where all its data may go"
            )),
            Self::Database { .. } | Self::Transaction { .. } => None,
        }
    }
}
