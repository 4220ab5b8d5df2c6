//! Statements that a migration cannot hold.

use super::{
    lexer::Statement,
    operation::{self, needs_no_transaction},
};

/// Why a statement of a migration is refused before anything runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It takes a transaction back, prepares it, or begins one with options. `BEGIN` and `COMMIT` alone say where a part of
    /// the migration begins and ends; the transaction itself is the runner's.
    TransactionControl,
    /// A `BEGIN` without a `COMMIT` behind it or within another one, or a `COMMIT` without a `BEGIN`.
    Unpaired,
    /// It stands between `BEGIN` and `COMMIT`, and cannot run in a transaction.
    InTransaction,
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
    if control_of(statement) == Some(Control::Other) {
        return Some(Refusal::TransactionControl);
    }
    let is_unnamed = needs_no_transaction(statement) && operation::parse(statement).is_none();
    is_unnamed.then_some(Refusal::Unnamed)
}

/// What a statement does to the transaction it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Control {
    Begin,
    Commit,
    /// What a migration cannot say.
    Other,
}

/// Reads [BEGIN](https://www.postgresql.org/docs/current/sql-begin.html) and its like; `None` for any other statement.
pub(crate) fn control_of(statement: &Statement<'_>) -> Option<Control> {
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["begin"] | ["begin", "work" | "transaction"] | ["start", "transaction"] => {
            Some(Control::Begin)
        }
        ["commit" | "end"] | ["commit" | "end", "work" | "transaction"] => Some(Control::Commit),
        ["rollback", rest @ ..] if rest.contains(&"to") => None,
        ["begin" | "commit" | "end" | "rollback" | "abort", ..]
        | ["start" | "prepare", "transaction", ..] => Some(Control::Other),
        _ => None,
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
    fn transaction_control_is_refused_but_for_plain_begin_and_commit() {
        for sql in [
            "BEGIN ISOLATION LEVEL SERIALIZABLE",
            "START TRANSACTION READ ONLY",
            "COMMIT AND CHAIN",
            "COMMIT PREPARED 'x'",
            "ROLLBACK",
            "abort",
            "PREPARE TRANSACTION 'x'",
        ] {
            assert_eq!(refusal(sql), Some(Refusal::TransactionControl), "{sql}");
        }
        for sql in ["begin", "BEGIN WORK", "START TRANSACTION", "COMMIT", "End"] {
            assert_eq!(refusal(sql), None, "{sql}");
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
