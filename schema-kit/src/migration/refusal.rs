//! Statements that a migration's transaction cannot hold.

use super::lexer::Statement;

/// Why a statement of a migration is refused before anything runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It begins or ends a transaction, which the runner does.
    TransactionControl,
    /// PostgreSQL runs it only outside of a transaction: `CREATE INDEX CONCURRENTLY`, `VACUUM` …
    NonTransactional,
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
    needs_no_transaction(&words).then_some(Refusal::NonTransactional)
}

fn ends_transaction(words: &[&str]) -> bool {
    match words {
        ["rollback", rest @ ..] => !rest.contains(&"to"),
        ["begin" | "commit" | "end" | "abort", ..] => true,
        ["start" | "prepare", "transaction", ..] => true,
        _ => false,
    }
}

/// The statements whose manual page says that they cannot be executed inside a transaction block.
fn needs_no_transaction(words: &[&str]) -> bool {
    let concurrently = words.contains(&"concurrently");
    match words {
        ["create", "index", ..] | ["create", "unique", "index", ..] => concurrently,
        ["drop", "index", ..] => concurrently,
        ["reindex", rest @ ..] => {
            concurrently || rest.contains(&"database") || rest.contains(&"system")
        }
        ["alter", "table", ..] => concurrently && words.contains(&"detach"),
        ["vacuum", ..] | ["alter", "system", ..] => true,
        ["cluster"] => true,
        [
            "create" | "drop",
            "database" | "tablespace" | "subscription",
            ..,
        ] => true,
        ["alter", "database", .., "set", "tablespace", _] => true,
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
            "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
            "REINDEX TABLE t",
            "CLUSTER t USING i",
            "ALTER TABLE t DETACH PARTITION p",
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
    fn statements_that_cannot_be_in_a_transaction_are_refused() {
        for sql in [
            "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)",
            "drop index concurrently i",
            "REINDEX (CONCURRENTLY) TABLE t",
            "REINDEX DATABASE d",
            "VACUUM (FULL) t",
            "ALTER TABLE s.t DETACH PARTITION s.p CONCURRENTLY",
            "CREATE DATABASE d",
            "ALTER SYSTEM SET work_mem = '1MB'",
        ] {
            assert_eq!(refusal(sql), Some(Refusal::NonTransactional), "{sql}");
        }
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
