//! A script on its way: its parts, and how far it is done.

use super::{
    Direction, Migration, MigrationError, Script, Step,
    history::{Applied, Record},
    lexer::Statement,
    part::{self, Part},
};

/// A script to run, or to go on with.
#[derive(Debug)]
pub(super) struct Job<'a> {
    pub(super) migration: &'a Migration,
    pub(super) script: &'a Script,
    pub(super) direction: Direction,
    pub(super) parts: Vec<Part<'a>>,
    /// How many parts are done.
    pub(super) done: usize,
    /// What the catalog showed before the next part was begun, where it was.
    pub(super) before: Option<String>,
    /// Whether the history has a row of the migration.
    pub(super) exists: bool,
}

impl<'a> Job<'a> {
    /// Cuts a script, and finds out from the migration's row how far it is done.
    pub(super) fn new(
        migration: &'a Migration,
        direction: Direction,
        applied: Option<&Applied>,
    ) -> Result<Self, MigrationError> {
        let script = match direction {
            Direction::Up => migration.up(),
            Direction::Down => migration.down().ok_or_else(|| MigrationError::NoDown {
                migration: migration.id(),
            })?,
        };
        let parts = part::cut(migration, script)?;
        let progress = applied.and_then(|applied| applied.progress.as_ref());
        if let Some(progress) = progress {
            let steps = parts.iter().map(|part| &part.checksum);
            if !steps.eq(progress.steps.iter()) {
                return Err(MigrationError::EditedMidway {
                    migration: migration.id(),
                    origin: script.origin().to_owned(),
                    done: progress.done,
                });
            }
        }
        Ok(Self {
            migration,
            script,
            direction,
            parts,
            done: progress.map_or(0, |progress| progress.done),
            before: progress.and_then(|progress| progress.before.clone()),
            exists: applied.is_some(),
        })
    }

    /// How many statements stand before a part.
    fn offset(&self, part: usize) -> usize {
        let before = self.parts[..part].iter();
        before.map(|part| part.statements.len()).sum()
    }

    pub(super) fn step(&self, at: usize) -> Step<'_> {
        let statement = &self.parts[self.done].statements[at];
        Step {
            migration: self.migration,
            origin: self.script.origin(),
            number: self.offset(self.done) + at + 1,
            total: self.offset(self.parts.len()),
            line: statement.line,
            text: statement.text,
        }
    }

    /// The place of the statement that runs outside of a transaction, in the next part.
    pub(super) fn alone_at(&self) -> usize {
        self.parts[self.done].statements.len().saturating_sub(1)
    }

    /// What the parts before set for the session, which a part finds whether it is run now or after a crash.
    pub(super) fn settings(&self) -> impl Iterator<Item = &Statement<'a>> {
        let before = self.parts[..self.done].iter();
        before
            .flat_map(|part| &part.statements)
            .filter(|statement| part::sets_session(statement))
    }

    pub(super) fn record(&self) -> Record<'_> {
        Record {
            migration: self.migration,
            direction: self.direction,
            parts: &self.parts,
            exists: self.exists,
        }
    }
}
