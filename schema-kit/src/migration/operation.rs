//! Statements that PostgreSQL does not run in a transaction: which they are, and how far one has come that was begun
//! and may or may not have been done.
//!
//! The catalog is asked before such a statement begins, and the answer kept in the history. After a crash the same
//! question tells whether it was done in between: an index that was absent and is valid now, for instance. What such a
//! statement leaves behind half done is cleaned up, as the manual pages of
//! [CREATE INDEX](https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY),
//! [REINDEX](https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY) and
//! [ALTER TABLE](https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION) say.

use schema_core::ident::quote_literal;

use super::lexer::{self, Statement};

/// A statement that runs alone, outside of a transaction. Names are as the statement writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation<'a> {
    CreateIndex {
        name: &'a str,
        table: &'a str,
    },
    DropIndex {
        name: &'a str,
    },
    Reindex(Scope<'a>),
    Detach {
        table: &'a str,
        partition: &'a str,
    },
    CreateObject {
        kind: ObjectKind,
        name: &'a str,
    },
    DropObject {
        kind: ObjectKind,
        name: &'a str,
    },
    /// One that is run again where it may have been interrupted: `VACUUM`, `ALTER SYSTEM`, a `CALL` marked by its
    /// author.
    Repeat,
}

/// What `REINDEX … CONCURRENTLY` is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope<'a> {
    Index(&'a str),
    Table(&'a str),
    Namespace(&'a str),
    Database,
}

/// Objects that are no transaction's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Database,
    Tablespace,
    Subscription,
}

/// What to do about a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// Run it.
    Run,
    /// Nothing: it was done before the runner could note it.
    Skip,
    /// Run this in its place, which finishes what it began.
    Finish(String),
}

/// The state the catalog shows, in one word, which the history keeps.
pub(crate) mod state {
    pub(crate) const ABSENT: &str = "absent";
    pub(crate) const PRESENT: &str = "present";
    pub(crate) const INVALID: &str = "invalid";
    pub(crate) const ATTACHED: &str = "attached";
    pub(crate) const PENDING: &str = "pending";
}

/// Whether PostgreSQL refuses a statement inside of a transaction, as its manual page says.
pub(crate) fn needs_no_transaction(statement: &Statement<'_>) -> bool {
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    let concurrently = words.contains(&"concurrently");
    match words.as_slice() {
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

/// Reads a statement that [`needs_no_transaction`]; `None` where what it is about cannot be told from it, as for an
/// index without a name.
pub(crate) fn parse<'a>(statement: &Statement<'a>) -> Option<Operation<'a>> {
    let mut cursor = Cursor {
        text: statement.text,
        pieces: lexer::pieces(statement.text),
        at: 0,
    };
    let words: Vec<&str> = statement.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["create", "index", ..] | ["create", "unique", "index", ..] => cursor.create_index(),
        ["drop", "index", ..] => {
            cursor.skip_words(&["drop", "index", "concurrently", "if", "exists"]);
            Some(Operation::DropIndex {
                name: cursor.name()?,
            })
        }
        ["reindex", ..] => cursor.reindex(),
        ["alter", "table", ..] => {
            cursor.skip_words(&["alter", "table", "if", "exists"]);
            let table = cursor.name()?;
            cursor.skip_words(&["detach", "partition"]);
            Some(Operation::Detach {
                table,
                partition: cursor.name()?,
            })
        }
        [verb @ ("create" | "drop"), kind, ..] => {
            let kind = match *kind {
                "database" => ObjectKind::Database,
                "tablespace" => ObjectKind::Tablespace,
                _ => ObjectKind::Subscription,
            };
            cursor.at = 2;
            cursor.skip_words(&["if", "exists"]);
            let name = cursor.name()?;
            Some(match *verb {
                "create" => Operation::CreateObject { kind, name },
                _ => Operation::DropObject { kind, name },
            })
        }
        _ => Some(Operation::Repeat),
    }
}

impl Operation<'_> {
    /// Whether it may wait for locks without keeping others from working, so that no limit is needed. It waits for
    /// every older transaction that uses the table, which a limit would make fail for nothing.
    pub(crate) fn waits_harmlessly(&self) -> bool {
        matches!(
            self,
            Self::CreateIndex { .. } | Self::DropIndex { .. } | Self::Reindex(_)
        )
    }

    /// The question to the catalog: one row with the state, and the half-made indexes to drop as one text, a line each.
    pub(crate) fn probe(&self) -> String {
        match self {
            Self::CreateIndex { name, table } => probe_index(name, table),
            Self::DropIndex { name } => format!(
                "SELECT CASE WHEN to_regclass({}) IS NULL THEN 'absent' ELSE 'present' END, ''",
                quote_literal(name)
            ),
            Self::Reindex(scope) => probe_leftovers(scope),
            Self::Detach { table, partition } => format!(
                "SELECT CASE WHEN i.inhrelid IS NULL THEN 'absent' \
                 WHEN i.inhdetachpending THEN 'pending' ELSE 'attached' END, '' \
                 FROM (SELECT) AS one LEFT JOIN pg_inherits AS i \
                 ON i.inhrelid = to_regclass({}) AND i.inhparent = to_regclass({})",
                quote_literal(partition),
                quote_literal(table)
            ),
            Self::CreateObject { kind, name } | Self::DropObject { kind, name } => format!(
                "SELECT CASE WHEN EXISTS (SELECT FROM {} = (parse_ident({}))[1]::name) \
                 THEN 'present' ELSE 'absent' END, ''",
                kind.lookup(),
                quote_literal(name)
            ),
            Self::Repeat => "SELECT 'repeat', ''".to_owned(),
        }
    }

    /// Whether what the probe found half made is this statement's to drop; `before` is the answer of when it was first
    /// begun, where it was.
    pub(crate) fn drops_leftovers(&self, before: Option<&str>) -> bool {
        match self {
            Self::CreateIndex { .. } => true,
            Self::Reindex(_) => before.is_some(),
            _ => false,
        }
    }

    /// Decides from the state before it was first begun, where it was, and the state now, leftovers dropped.
    pub(crate) fn decide(&self, before: Option<&str>, now: &str) -> Action {
        match (self, before, now) {
            (Self::CreateIndex { .. }, Some(state::ABSENT | state::INVALID), state::PRESENT)
            | (Self::CreateObject { .. }, Some(state::ABSENT), state::PRESENT)
            | (
                Self::DropIndex { .. } | Self::DropObject { .. },
                Some(state::PRESENT),
                state::ABSENT,
            )
            | (Self::Detach { .. }, Some(state::ATTACHED | state::PENDING), state::ABSENT) => {
                Action::Skip
            }
            (Self::Detach { table, partition }, _, state::PENDING) => Action::Finish(format!(
                "ALTER TABLE {table} DETACH PARTITION {partition} FINALIZE"
            )),
            _ => Action::Run,
        }
    }
}

impl ObjectKind {
    /// The catalog, up to the column of the name.
    fn lookup(self) -> &'static str {
        match self {
            Self::Database => "pg_database WHERE datname",
            Self::Tablespace => "pg_tablespace WHERE spcname",
            Self::Subscription => {
                "pg_subscription WHERE subdbid = \
                 (SELECT oid FROM pg_database WHERE datname = current_database()) AND subname"
            }
        }
    }
}

/// An index lies in its table's namespace. One that somebody is building at the moment is nobody's leftover.
fn probe_index(name: &str, table: &str) -> String {
    let (name, table) = (quote_literal(name), quote_literal(table));
    format!(
        "SELECT state, CASE WHEN state = 'invalid' THEN index ELSE '' END FROM ( \
         SELECT CASE WHEN i.indexrelid IS NULL THEN 'absent' WHEN i.indisvalid THEN 'present' \
         WHEN EXISTS (SELECT FROM pg_stat_progress_create_index AS p WHERE p.index_relid = i.indexrelid) \
         THEN 'building' ELSE 'invalid' END AS state, \
         CASE WHEN c.oid IS NOT NULL THEN format('%I.%I', n.nspname, c.relname) END AS index \
         FROM (SELECT to_regclass({table})::oid AS oid) AS t \
         LEFT JOIN (pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid \
         JOIN pg_namespace AS n ON n.oid = c.relnamespace) \
         ON i.indrelid = t.oid AND c.relname = (parse_ident({name}))[1]::name) AS found"
    )
}

/// What an interrupted `REINDEX CONCURRENTLY` leaves: invalid indexes with these endings.
fn probe_leftovers(scope: &Scope<'_>) -> String {
    let of_tables = |condition: &str| {
        format!(
            "i.indrelid IN (SELECT unnest(ARRAY[oid, reltoastrelid]) FROM pg_class WHERE {condition})"
        )
    };
    let scope = match scope {
        Scope::Index(name) => format!(
            "i.indrelid = (SELECT indrelid FROM pg_index WHERE indexrelid = to_regclass({}))",
            quote_literal(name)
        ),
        Scope::Table(name) => of_tables(&format!("oid = to_regclass({})", quote_literal(name))),
        Scope::Namespace(name) => of_tables(&format!(
            "relnamespace = to_regnamespace({})",
            quote_literal(name)
        )),
        Scope::Database => "true".to_owned(),
    };
    format!(
        "SELECT 'repeat', coalesce(string_agg(format('%I.%I', n.nspname, c.relname), E'\\n'), '') \
         FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid \
         JOIN pg_namespace AS n ON n.oid = c.relnamespace \
         WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND {scope} \
         AND NOT EXISTS (SELECT FROM pg_stat_progress_create_index AS p WHERE p.index_relid = i.indexrelid)"
    )
}

/// Reads a statement piece by piece.
struct Cursor<'a> {
    text: &'a str,
    pieces: Vec<&'a str>,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn is_word(&self, word: &str) -> bool {
        self.pieces
            .get(self.at)
            .is_some_and(|piece| piece.eq_ignore_ascii_case(word))
    }

    /// Skips those of the words that are there, in this order.
    fn skip_words(&mut self, words: &[&str]) {
        for word in words {
            self.at += usize::from(self.is_word(word));
        }
    }

    /// A name with what qualifies it, as it is written.
    fn name(&mut self) -> Option<&'a str> {
        let starts_name = |piece: &str| {
            let first = piece.chars().next();
            first.is_some_and(|c| c == '"' || c == '_' || c.is_alphabetic())
        };
        let first = *self
            .pieces
            .get(self.at)
            .filter(|piece| starts_name(piece))?;
        let mut last = first;
        self.at += 1;
        while self.pieces.get(self.at) == Some(&".") {
            last = self
                .pieces
                .get(self.at + 1)
                .filter(|piece| starts_name(piece))?;
            self.at += 2;
        }
        let offset = |piece: &str| piece.as_ptr() as usize - self.text.as_ptr() as usize;
        Some(&self.text[offset(first)..offset(last) + last.len()])
    }

    fn create_index(mut self) -> Option<Operation<'a>> {
        self.skip_words(&[
            "create",
            "unique",
            "index",
            "concurrently",
            "if",
            "not",
            "exists",
        ]);
        if self.is_word("on") {
            return None;
        }
        let name = self.name()?;
        self.skip_words(&["on", "only"]);
        Some(Operation::CreateIndex {
            name,
            table: self.name()?,
        })
    }

    fn reindex(mut self) -> Option<Operation<'a>> {
        self.at = 1;
        if self.pieces.get(1) == Some(&"(") {
            let closed = self.pieces.iter().position(|piece| *piece == ")")?;
            self.at = closed + 1;
        }
        let kind = self.pieces.get(self.at)?.to_ascii_lowercase();
        self.at += 1;
        self.skip_words(&["concurrently"]);
        let scope = match kind.as_str() {
            "index" => Scope::Index(self.name()?),
            "table" => Scope::Table(self.name()?),
            "schema" => Scope::Namespace(self.name()?),
            _ => Scope::Database,
        };
        Some(Operation::Reindex(scope))
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, ObjectKind, Operation, Scope, needs_no_transaction, parse, state};
    use crate::migration::lexer::split;

    #[test]
    fn what_a_statement_is_about_is_read_as_it_is_written() {
        for (sql, expected) in [
            (
                r#"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "I""1" ON ONLY s . "T" (a)"#,
                Some(Operation::CreateIndex {
                    name: r#""I""1""#,
                    table: r#"s . "T""#,
                }),
            ),
            ("CREATE INDEX CONCURRENTLY ON t (a)", None),
            (
                "drop index concurrently if exists s.i",
                Some(Operation::DropIndex { name: "s.i" }),
            ),
            (
                "REINDEX (CONCURRENTLY, VERBOSE) TABLE t",
                Some(Operation::Reindex(Scope::Table("t"))),
            ),
            (
                "REINDEX INDEX CONCURRENTLY s.i",
                Some(Operation::Reindex(Scope::Index("s.i"))),
            ),
            (
                "REINDEX SCHEMA CONCURRENTLY s",
                Some(Operation::Reindex(Scope::Namespace("s"))),
            ),
            (
                "REINDEX DATABASE d",
                Some(Operation::Reindex(Scope::Database)),
            ),
            (
                "ALTER TABLE IF EXISTS s.t DETACH PARTITION s.p CONCURRENTLY",
                Some(Operation::Detach {
                    table: "s.t",
                    partition: "s.p",
                }),
            ),
            (
                "CREATE DATABASE d OWNER o",
                Some(Operation::CreateObject {
                    kind: ObjectKind::Database,
                    name: "d",
                }),
            ),
            (
                "DROP SUBSCRIPTION IF EXISTS u",
                Some(Operation::DropObject {
                    kind: ObjectKind::Subscription,
                    name: "u",
                }),
            ),
            ("VACUUM (ANALYZE) t", Some(Operation::Repeat)),
            ("ALTER SYSTEM SET work_mem = '1MB'", Some(Operation::Repeat)),
        ] {
            let statements = split(sql).unwrap();
            assert!(needs_no_transaction(&statements[0]), "{sql}");
            assert_eq!(parse(&statements[0]), expected, "{sql}");
        }
    }

    #[test]
    fn ordinary_statements_stay_in_their_transaction() {
        for sql in [
            "CREATE INDEX i ON t (a)",
            "CREATE TABLE concurrently_made (begin_at date)",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
            "REINDEX TABLE t",
            "CLUSTER t USING i",
            "ALTER TABLE t DETACH PARTITION p",
        ] {
            assert!(!needs_no_transaction(&split(sql).unwrap()[0]), "{sql}");
        }
    }

    #[test]
    fn only_a_change_since_it_was_begun_is_this_statements_work() {
        let create = Operation::CreateIndex {
            name: "i",
            table: "t",
        };
        let drop = Operation::DropIndex { name: "i" };
        let detach = Operation::Detach {
            table: "t",
            partition: "p",
        };
        for (operation, before, now, expected) in [
            (create, None, state::ABSENT, Action::Run),
            (create, Some(state::ABSENT), state::PRESENT, Action::Skip),
            (create, Some(state::PRESENT), state::PRESENT, Action::Run),
            (create, None, state::PRESENT, Action::Run),
            (create, None, "building", Action::Run),
            (drop, Some(state::PRESENT), state::ABSENT, Action::Skip),
            (drop, Some(state::ABSENT), state::ABSENT, Action::Run),
            (detach, Some(state::ATTACHED), state::ABSENT, Action::Skip),
            (detach, None, state::ABSENT, Action::Run),
            (Operation::Repeat, Some("repeat"), "repeat", Action::Run),
        ] {
            assert_eq!(operation.decide(before, now), expected, "{operation:?}");
        }
        let finish = "ALTER TABLE t DETACH PARTITION p FINALIZE";
        assert_eq!(
            detach.decide(Some(state::ATTACHED), state::PENDING),
            Action::Finish(finish.to_owned())
        );
    }
}
