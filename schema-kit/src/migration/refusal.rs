//! Statements that a migration cannot hold.

use super::{
    lexer::Statement,
    operation::{self, needs_no_transaction},
};

/// Why a statement of a migration is refused before anything runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It begins or ends a transaction, which the runner does.
    TransactionControl,
    /// It runs outside of a transaction and does not name what it makes, so that after a crash nobody could tell whether
    /// it was done: `CREATE INDEX CONCURRENTLY ON …`.
    Unnamed,
    /// `COPY … FROM STDIN`: its data would have to follow in the file, which is no SQL.
    CopyFromStdin,
    /// A command of `psql`, such as `\connect`.
    PsqlCommand,
}

/// Why a statement cannot be part of a migration; `None` where it can.
pub(crate) fn refusal_of(statement: &Statement<'_>) -> Option<Refusal> {
    if statement.is_command() {
        return Some(Refusal::PsqlCommand);
    }
    if statement.copies_from_stdin() {
        return Some(Refusal::CopyFromStdin);
    }
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    if ends_transaction(&words) {
        return Some(Refusal::TransactionControl);
    }
    let is_unnamed = needs_no_transaction(statement) && operation::parse(statement).is_none();
    is_unnamed.then_some(Refusal::Unnamed)
}

fn ends_transaction(words: &[&str]) -> bool {
    match words {
        ["rollback", rest @ ..] => !rest.contains(&"to"),
        ["begin" | "commit" | "end" | "abort", ..] => true,
        ["start" | "prepare", "transaction", ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, refusal_of};
    use crate::migration::lexer::split;

    fn refusal(sql: &str) -> Option<Refusal> {
        refusal_of(&split(sql).unwrap()[0])
    }

    #[test]
    fn ordinary_statements_are_taken() {
        for sql in [
            "CREATE INDEX i ON t (a)",
            "CREATE TABLE concurrently_made (begin_at date)",
            "SAVEPOINT a",
            "ROLLBACK TO SAVEPOINT a",
            "RELEASE a",
            "COPY t FROM '/data/t.csv'",
            "CREATE INDEX CONCURRENTLY i ON t (a)",
            "DO $$ BEGIN COMMIT; END $$",
        ] {
            assert_eq!(refusal(sql), None, "{sql}");
        }
    }

    #[test]
    fn transaction_control_is_refused() {
        for sql in [
            "begin",
            "START TRANSACTION",
            "COMMIT",
            "End",
            "ROLLBACK",
            "abort",
            "PREPARE TRANSACTION 'x'",
        ] {
            assert_eq!(refusal(sql), Some(Refusal::TransactionControl), "{sql}");
        }
    }

    #[test]
    fn an_index_made_concurrently_has_a_name() {
        assert_eq!(
            refusal("CREATE INDEX CONCURRENTLY ON t (a)"),
            Some(Refusal::Unnamed)
        );
    }

    #[test]
    fn what_only_psql_understands_is_refused() {
        assert_eq!(
            refusal("COPY t (a, b) FROM stdin"),
            Some(Refusal::CopyFromStdin)
        );
        assert_eq!(refusal("\\connect other"), Some(Refusal::PsqlCommand));
    }
}
