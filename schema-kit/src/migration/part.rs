//! A script cut into parts: runs of statements that share a transaction, and statements that run alone.
//!
//! A script without a reason to be cut is one part. Three reasons exist: its author says `BEGIN` and `COMMIT`, between
//! which is one part, as for psql; a statement that PostgreSQL does not run in a transaction, or that its author marked so;
//! and a label added to an enum type, which a later transaction alone may use
//! ([ALTER TYPE](https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7)). What sets up the session
//! belongs to the part behind it.

use super::{
    Excerpt, Migration, MigrationError, Refusal, Script, checksum,
    lexer::{self, Statement},
    operation::{self, Operation, needs_no_transaction},
    refusal::{Control, control_of, refusal_of},
};

/// The comment above a statement that runs outside of a transaction for a reason the server alone knows: a `CALL` of a
/// procedure that commits.
pub(crate) const NO_TRANSACTION: &str = "-- schema-kit: no transaction";

/// A part of a script, which is done as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) statements: Vec<Statement<'a>>,
    /// `None` where its statements share a transaction; otherwise the last one runs outside of any, and those before it set
    /// up its session.
    pub(crate) alone: Option<Operation<'a>>,
    /// Of its statements' text.
    pub(crate) checksum: String,
}

/// Cuts a script, and refuses what no migration can hold.
pub(crate) fn cut<'a>(
    migration: &Migration,
    script: &'a Script,
) -> Result<Vec<Part<'a>>, MigrationError> {
    let statements = lexer::split(script.sql()).map_err(|unclosed| MigrationError::Unclosed {
        migration: migration.id(),
        origin: script.origin().to_owned(),
        line: unclosed.line,
        what: unclosed.what,
    })?;
    for statement in &statements {
        if let Some(refusal) = refusal_of(statement) {
            return Err(refused(migration, script, refusal, statement));
        }
    }
    let parts = group(script.sql(), statements);
    parts.map_err(|(refusal, statement)| refused(migration, script, refusal, &statement))
}

fn refused(
    migration: &Migration,
    script: &Script,
    refusal: Refusal,
    statement: &Statement<'_>,
) -> MigrationError {
    MigrationError::Refused {
        migration: migration.id(),
        refusal,
        excerpt: Box::new(excerpt(script, statement)),
    }
}

/// The first line of a statement, for messages.
pub(crate) fn excerpt(script: &Script, statement: &Statement<'_>) -> Excerpt {
    Excerpt::new(script.origin(), statement.text, statement.line, None)
}

/// What stands where it cannot.
type Misplaced<'a> = (Refusal, Statement<'a>);

fn group<'a>(sql: &'a str, statements: Vec<Statement<'a>>) -> Result<Vec<Part<'a>>, Misplaced<'a>> {
    let mut cutter = Cutter::default();
    let mut previous_end = 0;
    for statement in statements {
        let is_marked = sql[previous_end..statement.start]
            .lines()
            .any(|line| line.trim() == NO_TRANSACTION);
        previous_end = statement.start + statement.text.len();
        match control_of(&statement) {
            Some(Control::Begin) => cutter.begin(statement)?,
            Some(Control::Commit) => cutter.commit(statement)?,
            _ if is_marked => cutter.push_alone(statement, Operation::Repeat)?,
            _ => match operation_of(&statement) {
                Some(operation) => cutter.push_alone(statement, operation)?,
                None => cutter.push(statement),
            },
        }
    }
    cutter.finish()
}

fn operation_of<'a>(statement: &Statement<'a>) -> Option<Operation<'a>> {
    let is_alone = needs_no_transaction(statement);
    is_alone.then(|| operation::parse(statement)).flatten()
}

/// Takes statements one after the other.
#[derive(Default)]
struct Cutter<'a> {
    parts: Vec<Part<'a>>,
    /// The statements of the part that is not closed yet.
    open: Vec<Statement<'a>>,
    /// The `BEGIN` that has no `COMMIT` yet.
    begun: Option<Statement<'a>>,
}

impl<'a> Cutter<'a> {
    fn begin(&mut self, statement: Statement<'a>) -> Result<(), Misplaced<'a>> {
        if self.begun.is_some() {
            return Err((Refusal::Unpaired, statement));
        }
        self.close_unless_settings();
        self.begun = Some(statement);
        Ok(())
    }

    fn commit(&mut self, statement: Statement<'a>) -> Result<(), Misplaced<'a>> {
        match self.begun.take() {
            Some(_) => self.close(None),
            None => return Err((Refusal::Unpaired, statement)),
        }
        Ok(())
    }

    fn push(&mut self, statement: Statement<'a>) {
        // Where a transaction is spelled out, it is as its author wants it.
        if self.begun.is_none() && uses_new_label(&self.open, &statement) {
            self.close(None);
        }
        self.open.push(statement);
    }

    fn push_alone(
        &mut self,
        statement: Statement<'a>,
        operation: Operation<'a>,
    ) -> Result<(), Misplaced<'a>> {
        if self.begun.is_some() {
            return Err((Refusal::InTransaction, statement));
        }
        self.close_unless_settings();
        self.open.push(statement);
        self.close(Some(operation));
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Part<'a>>, Misplaced<'a>> {
        if let Some(statement) = self.begun {
            return Err((Refusal::Unpaired, statement));
        }
        // The runner takes back all settings at the end of a file; the line is there for psql.
        let resets = |it: &Statement<'_>| it.words.first().is_some_and(|word| word == "reset");
        if self.parts.is_empty() || !self.open.iter().all(resets) {
            self.close(None);
        }
        if self.parts.is_empty() {
            // A script without statements is done in a transaction all the same: the one of its row in the history.
            self.parts.push(Part {
                statements: Vec::new(),
                alone: None,
                checksum: checksum::checksum(""),
            });
        }
        Ok(self.parts)
    }

    fn close_unless_settings(&mut self) {
        if !self.open.iter().all(sets_session) {
            self.close(None);
        }
    }

    fn close(&mut self, alone: Option<Operation<'a>>) {
        let statements = std::mem::take(&mut self.open);
        if statements.is_empty() {
            return;
        }
        let text: Vec<&str> = statements.iter().map(|statement| statement.text).collect();
        self.parts.push(Part {
            checksum: checksum::checksum(&text.join(";\n")),
            statements,
            alone,
        });
    }
}

/// Whether a statement has the text of a label that an earlier one of its transaction adds to an enum type. Before
/// PostgreSQL 17 that holds for a type made in the same transaction too.
fn uses_new_label(open: &[Statement<'_>], statement: &Statement<'_>) -> bool {
    let mut labels = open.iter().filter_map(added_label);
    labels.any(|label| statement.text.contains(label))
}

/// The label of `ALTER TYPE … ADD VALUE` as it is written, without quotes.
fn added_label<'a>(statement: &Statement<'a>) -> Option<&'a str> {
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    let adds = words.starts_with(&["alter", "type"])
        && words.windows(2).any(|pair| pair == ["add", "value"]);
    let pieces = lexer::pieces(statement.text);
    let label = pieces.into_iter().find(|piece| piece.starts_with('\''))?;
    adds.then(|| label.trim_matches('\''))
}

/// Whether a statement only sets up its session, so that it is repeated before the parts that follow.
pub(crate) fn sets_session(statement: &Statement<'_>) -> bool {
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["set", "local" | "constraints" | "transaction", ..] => false,
        ["set" | "reset", ..] => true,
        ["select", "set_config"] | ["select", "pg_catalog", "set_config"] => true,
        _ => false,
    }
}

/// Whether a statement takes back every setting, those of the runner included.
pub(crate) fn resets_all(statement: &Statement<'_>) -> bool {
    statement.words == ["reset", "all"]
}

#[cfg(test)]
mod tests {
    use super::{Migration, MigrationError, Refusal, cut, sets_session};
    use crate::migration::lexer::split;

    /// How many statements each part has; those that run alone count as 0.
    fn parts(sql: &str) -> Vec<usize> {
        let migration = Migration::new("1_a", sql, "test").unwrap();
        let parts = cut(&migration, migration.up()).unwrap();
        let size = |part: &super::Part<'_>| match part.alone {
            Some(_) => 0,
            None => part.statements.len(),
        };
        parts.iter().map(size).collect()
    }

    fn refusal(sql: &str) -> (Refusal, String) {
        let migration = Migration::new("1_a", sql, "test").unwrap();
        match cut(&migration, migration.up()) {
            Err(MigrationError::Refused {
                refusal, excerpt, ..
            }) => (refusal, excerpt.to_string()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn ordinary_statements_share_one_transaction() {
        assert_eq!(parts("CREATE TABLE a (); CREATE TABLE b ();"), [2]);
    }

    #[test]
    fn statements_that_need_none_run_alone() {
        assert_eq!(
            parts("SELECT 1; DROP INDEX CONCURRENTLY i; VACUUM; SELECT 2; SELECT 3"),
            [1, 0, 0, 2]
        );
    }

    #[test]
    fn a_marked_statement_runs_alone() {
        let sql =
            "SELECT 1;\n-- It commits.\n-- schema-kit: no transaction\nCALL fill();\nSELECT 2;";
        assert_eq!(parts(sql), [1, 0, 1]);
    }

    #[test]
    fn what_stands_between_begin_and_commit_is_one_part() {
        let sql = "SET a = 1; BEGIN; SELECT 1; SELECT 2; COMMIT; SELECT 3; START TRANSACTION; SELECT 4; END;
            SET a = 0; CREATE INDEX CONCURRENTLY i ON t (a); BEGIN; COMMIT; SELECT 5; RESET a; RESET b;";
        assert_eq!(parts(sql), [3, 1, 1, 0, 3]);
        assert_eq!(parts("BEGIN; SELECT 1; COMMIT; RESET a;"), [1]);
        assert_eq!(parts("BEGIN; SELECT 1; COMMIT; SET a = 1; VACUUM"), [1, 0]);
        assert_eq!(parts("RESET a"), [1]);
        // A label that is used in the transaction that adds it is left to the server.
        assert_eq!(
            parts("BEGIN; ALTER TYPE t ADD VALUE 'a'; SELECT 'a'; COMMIT"),
            [2]
        );
    }

    #[test]
    fn a_transaction_that_is_not_closed_or_opened_is_refused() {
        for sql in [
            "SELECT 1; BEGIN;\nSELECT 2",
            "SELECT 1; BEGIN; BEGIN",
            "COMMIT; SELECT 1",
        ] {
            assert_eq!(refusal(sql).0, Refusal::Unpaired, "{sql}");
        }
        let (refusal, excerpt) =
            refusal("BEGIN;\nSELECT 1;\nCREATE INDEX CONCURRENTLY i ON t (a);\nCOMMIT;");
        assert_eq!(refusal, Refusal::InTransaction);
        assert!(excerpt.contains("line 3"), "{excerpt}");
    }

    #[test]
    fn a_label_is_committed_before_it_is_used() {
        let add = "ALTER TYPE mood ADD VALUE 'glad'";
        assert_eq!(parts(&format!("{add}; SELECT 1")), [2]);
        assert_eq!(
            parts(&format!("{add}; SELECT 1; SELECT 'glad'::mood")),
            [2, 1]
        );
    }

    #[test]
    fn a_script_of_comments_is_one_empty_part() {
        assert_eq!(parts("-- nothing\n"), [0]);
    }

    #[test]
    fn settings_of_the_session_are_told_from_those_of_a_transaction() {
        for (sql, expected) in [
            ("SET search_path = a", true),
            ("set session statement_timeout = 0", true),
            ("RESET ROLE", true),
            (
                "SELECT pg_catalog.set_config('search_path', '', false)",
                true,
            ),
            ("SET LOCAL lock_timeout = 1", false),
            ("SET CONSTRAINTS ALL DEFERRED", false),
            ("SELECT set_config, 1 FROM t", false),
        ] {
            assert_eq!(sets_session(&split(sql).unwrap()[0]), expected, "{sql}");
        }
    }
}
