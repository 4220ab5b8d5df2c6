//! A script cut into parts: runs of statements that share a transaction, and statements that run alone.
//!
//! A script without a reason to be cut is one part. Two reasons exist: a statement that PostgreSQL does not run in a
//! transaction, or that its author marked so, and a label added to an enum type, which a later transaction alone may use
//! ([ALTER TYPE](https://www.postgresql.org/docs/current/sql-altertype.html#id-1.9.3.42.7)).

use super::{
    Excerpt, Migration, MigrationError, Script, checksum,
    lexer::{self, Statement},
    operation::{self, Operation, needs_no_transaction},
    refusal::refusal_of,
};

/// The comment above a statement that runs outside of a transaction for a reason the server alone knows: a `CALL` of a
/// procedure that commits.
pub(crate) const NO_TRANSACTION: &str = "-- schema-kit: no transaction";

/// A part of a script, which is done as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) statements: Vec<Statement<'a>>,
    /// `None` where its statements share a transaction; otherwise it has one statement.
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
            return Err(MigrationError::Refused {
                migration: migration.id(),
                refusal,
                excerpt: Box::new(excerpt(script, statement)),
            });
        }
    }
    Ok(group(script.sql(), statements))
}

/// The first line of a statement, for messages.
pub(crate) fn excerpt(script: &Script, statement: &Statement<'_>) -> Excerpt {
    Excerpt::new(script.origin(), statement.text, statement.line, None)
}

fn group<'a>(sql: &'a str, statements: Vec<Statement<'a>>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut open: Vec<Statement<'a>> = Vec::new();
    let mut previous_end = 0;
    for statement in statements {
        let is_marked = sql[previous_end..statement.start]
            .lines()
            .any(|line| line.trim() == NO_TRANSACTION);
        previous_end = statement.start + statement.text.len();
        let operation = if is_marked {
            Some(Operation::Repeat)
        } else if needs_no_transaction(&statement) {
            operation::parse(&statement)
        } else {
            None
        };
        if operation.is_some() || uses_new_label(&open, &statement) {
            parts.extend(close(&mut open, None));
        }
        open.push(statement);
        if operation.is_some() {
            parts.extend(close(&mut open, operation));
        }
    }
    parts.extend(close(&mut open, None));
    if parts.is_empty() {
        // A script without statements is done in a transaction all the same: the one of its row in the history.
        parts.push(Part {
            statements: Vec::new(),
            alone: None,
            checksum: checksum::checksum(""),
        });
    }
    parts
}

fn close<'a>(open: &mut Vec<Statement<'a>>, alone: Option<Operation<'a>>) -> Option<Part<'a>> {
    let statements = std::mem::take(open);
    if statements.is_empty() {
        return None;
    }
    let text: Vec<&str> = statements.iter().map(|statement| statement.text).collect();
    Some(Part {
        checksum: checksum::checksum(&text.join(";\n")),
        statements,
        alone,
    })
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
    use super::{Migration, cut, sets_session};
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
