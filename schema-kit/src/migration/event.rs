//! What the runner is doing, for those who watch.

use std::time::Duration;

use super::{LockHolder, Migration};

/// Which way a migration goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It is applied.
    Up,
    /// It is taken back.
    Down,
}

/// A statement of a migration.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Step<'a> {
    /// The migration.
    pub migration: &'a Migration,
    /// The file.
    pub origin: &'a str,
    /// Which statement of the file, counted from 1.
    pub number: usize,
    /// How many the file has.
    pub total: usize,
    /// The line it starts on, counted from 1.
    pub line: usize,
    /// Its text.
    pub text: &'a str,
}

/// What the runner is doing, for those who watch.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another runner holds the lock; told before each pause.
    Waiting {
        /// Who holds it, where that can be seen.
        holder: Option<&'a LockHolder>,
        /// For how long already.
        waited: Duration,
    },
    /// The migrations are about to run.
    Planned {
        /// How many.
        pending: usize,
        /// Which way.
        direction: Direction,
    },
    /// A squashed migration counts as applied: the database has all that it replaces.
    Marked {
        /// The squashed migration.
        migration: &'a Migration,
    },
    /// A migration begins, or goes on where it was interrupted.
    Started {
        /// The migration.
        migration: &'a Migration,
        /// How many of its parts are done already.
        done: usize,
        /// How many parts it has.
        parts: usize,
    },
    /// A statement begins.
    StatementStarted(Step<'a>),
    /// A statement runs still; told every few seconds.
    StatementRunning {
        /// The statement.
        step: Step<'a>,
        /// For how long already.
        elapsed: Duration,
    },
    /// A statement was run.
    StatementDone {
        /// The statement.
        step: Step<'a>,
        /// How long it took.
        elapsed: Duration,
    },
    /// A statement that runs outside of a transaction was done already when the runner was interrupted.
    Recognized(Step<'a>),
    /// A half-made index is dropped before its statement runs again, or because it failed.
    Dropping {
        /// The statement.
        step: Step<'a>,
        /// The index, quoted.
        index: &'a str,
    },
    /// A part failed and is tried again after a pause.
    Retrying {
        /// The migration.
        migration: &'a Migration,
        /// The server's answer.
        error: &'a tokio_postgres::Error,
        /// Which repetition it is, counted from 1.
        retry: u32,
        /// How many there are at most.
        retries: u32,
        /// The pause before it.
        pause: Duration,
    },
    /// A migration is committed.
    Finished {
        /// The migration.
        migration: &'a Migration,
        /// Which way it went.
        direction: Direction,
        /// How long it took.
        elapsed: Duration,
    },
}
