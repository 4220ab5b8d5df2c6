//! The table of applied migrations, and the only place that reads or writes it.
//!
//! A row is written in the transaction of the first part of its migration, and brought up to date in that of each other
//! part, so what it says is what was done. A statement that runs outside of a transaction has a transaction before it,
//! which notes what the catalog showed, and one behind it.

use schema_core::ident::quote_literal;
use tokio_postgres::{Client, SimpleQueryRow};

use super::{
    Direction, Migration, MigrationError, Version,
    part::Part,
    session::{ask, change, text},
};

/// The namespace that holds what the kit keeps in a database.
pub const HISTORY_NAMESPACE: &str = "schema_kit";

/// The table of applied migrations, in [`HISTORY_NAMESPACE`].
pub const HISTORY_TABLE: &str = "history";

const CREATE_NAMESPACE: &str = "CREATE SCHEMA schema_kit";

const CREATE_TABLE: &str = "\
CREATE TABLE schema_kit.history (
    version text PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL,
    checksum text NOT NULL,
    sql text NOT NULL,
    steps text[] NOT NULL,
    steps_done integer NOT NULL,
    step_before text,
    down_steps text[],
    down_done integer,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    execution_ms bigint NOT NULL,
    applied_by text NOT NULL,
    kit_version text NOT NULL
);
COMMENT ON TABLE schema_kit.history IS 'Migrations applied by schema-kit, one row each';
COMMENT ON COLUMN schema_kit.history.kind IS 'run, baseline, squash or repair: how the row came here';
COMMENT ON COLUMN schema_kit.history.checksum IS 'SHA-256 of sql';
COMMENT ON COLUMN schema_kit.history.sql IS 'What was run, lines ended by LF';
COMMENT ON COLUMN schema_kit.history.steps IS 'SHA-256 of each part of it';
COMMENT ON COLUMN schema_kit.history.steps_done IS 'How many parts are done';
COMMENT ON COLUMN schema_kit.history.step_before IS \
'What the catalog showed before the next part was begun, where that one runs outside of a transaction';
COMMENT ON COLUMN schema_kit.history.down_steps IS 'SHA-256 of each part of down.sql, while it is being taken back';
COMMENT ON COLUMN schema_kit.history.finished_at IS 'NULL while parts are missing'";

const SELECT: &str = "\
SELECT version, name, kind, checksum,
    to_char(coalesce(finished_at, started_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
    execution_ms, kit_version,
    CASE WHEN down_steps IS NOT NULL THEN 'down' WHEN finished_at IS NULL THEN 'up' END,
    CASE WHEN down_steps IS NOT NULL OR finished_at IS NULL
        THEN array_to_string(coalesce(down_steps, steps), ' ') END,
    coalesce(down_done, steps_done), step_before
FROM schema_kit.history";

/// How a migration's row came into the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// It was run.
    Run,
    /// The database had it already: [`baseline`](super::baseline).
    Baseline,
    /// All migrations it replaces were applied.
    Squash,
    /// Somebody said so: [`repair`](super::repair()).
    Repair,
}

impl Kind {
    /// The kind in one word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Baseline => "baseline",
            Self::Squash => "squash",
            Self::Repair => "repair",
        }
    }
}

/// A row of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The migration's version.
    pub version: Version,
    /// Its name, without the version.
    pub name: String,
    /// How the row came here.
    pub kind: Kind,
    /// The checksum of the SQL that ran.
    pub checksum: String,
    /// When it was done, or begun where it is not done, in UTC: `2026-01-31T12:00:00Z`.
    pub applied_at: String,
    /// How long it ran, in milliseconds.
    pub execution_ms: i64,
    /// The version of the kit that ran it.
    pub kit_version: String,
    /// How far it has come; `None` where it is done.
    pub progress: Option<Progress>,
}

/// How far a migration has come that was interrupted or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Which way it goes.
    pub direction: Direction,
    /// How many parts are done.
    pub done: usize,
    /// The checksum of each part.
    pub steps: Vec<String>,
    /// What the catalog showed before the next part was begun, where that was noted.
    pub before: Option<String>,
}

impl Applied {
    /// `<version>_<name>`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}_{}", self.version, self.name)
    }
}

/// What of the history exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Nothing,
    Namespace,
    Table,
}

/// The statements that create what is missing, in one transaction; the caller holds the lock.
pub(super) fn create(presence: Presence) -> Option<String> {
    // The namespace may have been made by an administrator for a role that may not make one.
    match presence {
        Presence::Nothing => Some(format!(
            "BEGIN; {CREATE_NAMESPACE};\n{CREATE_TABLE}; COMMIT"
        )),
        Presence::Namespace => Some(format!("BEGIN; {CREATE_TABLE}; COMMIT")),
        Presence::Table => None,
    }
}

/// Reads all rows, lowest version first, in one round trip.
pub(super) async fn read(
    client: &Client,
    presence: Presence,
) -> Result<Vec<Applied>, MigrationError> {
    if presence != Presence::Table {
        return Ok(Vec::new());
    }
    let rows = ask(client, SELECT).await.map_err(read_failed)?;
    let mut applied = rows.iter().map(decode).collect::<Result<Vec<_>, _>>()?;
    applied.sort_by(|a, b| a.version.cmp(&b.version));
    Ok(applied)
}

/// Reads the SQL that ran as one migration; `None` where it has no row.
pub(super) async fn read_sql(
    client: &Client,
    version: &Version,
) -> Result<Option<String>, MigrationError> {
    let version = quote_literal(version.as_str());
    let sql = format!(
        "SELECT sql FROM schema_kit.history WHERE {}",
        is_version(&version)
    );
    let rows = ask(client, &sql).await.map_err(read_failed)?;
    Ok(rows.first().map(|row| text(row, 0).to_owned()))
}

fn read_failed(source: tokio_postgres::Error) -> MigrationError {
    MigrationError::Database {
        action: "read the history table `schema_kit.history`",
        source,
    }
}

fn decode(row: &SimpleQueryRow) -> Result<Applied, MigrationError> {
    let word = |index: usize| text(row, index).to_owned();
    let unknown = || MigrationError::UnknownHistory { version: word(0) };
    let kind = match text(row, 2) {
        "run" => Kind::Run,
        "baseline" => Kind::Baseline,
        "squash" => Kind::Squash,
        "repair" => Kind::Repair,
        _ => return Err(unknown()),
    };
    let direction = match row.get(7) {
        Some("down") => Some(Direction::Down),
        Some(_) => Some(Direction::Up),
        None => None,
    };
    let done = text(row, 9).parse().map_err(|_| unknown())?;
    Ok(Applied {
        version: Version::parse(text(row, 0)).ok_or_else(unknown)?,
        name: word(1),
        kind,
        checksum: word(3),
        applied_at: word(4),
        execution_ms: text(row, 5).parse().map_err(|_| unknown())?,
        kit_version: word(6),
        progress: direction.map(|direction| Progress {
            direction,
            done,
            steps: text(row, 8).split_whitespace().map(str::to_owned).collect(),
            before: row.get(10).map(str::to_owned),
        }),
    })
}

/// How a migration's row is written while it runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) migration: &'a Migration,
    pub(super) direction: Direction,
    pub(super) parts: &'a [Part<'a>],
    /// Whether there is a row; one that is taken back always has one.
    pub(super) exists: bool,
}

impl Record<'_> {
    /// Notes that a part is about to run outside of a transaction, and what the catalog shows before.
    pub(super) fn begun(&self, done: usize, before: &str) -> String {
        let before = quote_literal(before);
        match (self.direction, self.exists) {
            (Direction::Up, false) => self.insert(0, &before, "NULL", 0),
            (Direction::Up, true) => format!(
                "{} SET step_before = {before} WHERE {}",
                UPDATE,
                self.is_at(done)
            ),
            (Direction::Down, _) => format!(
                "{} SET down_steps = {}, down_done = {done}, step_before = {before} WHERE {}",
                UPDATE,
                checksums(self.parts),
                self.is_at(done)
            ),
        }
    }

    /// Notes that a part is done, the last one of all where it is.
    pub(super) fn done(&self, done: usize, milliseconds: i64) -> String {
        let next = done + 1;
        let is_last = next >= self.parts.len();
        match (self.direction, self.exists) {
            (Direction::Up, false) => {
                let finished = if is_last { "clock_timestamp()" } else { "NULL" };
                self.insert(1, "NULL", finished, milliseconds)
            }
            (Direction::Up, true) => format!(
                "{} SET steps_done = {next}, step_before = NULL, execution_ms = execution_ms + {milliseconds}{} \
                 WHERE {}",
                UPDATE,
                if is_last {
                    ", finished_at = clock_timestamp()"
                } else {
                    ""
                },
                self.is_at(done)
            ),
            (Direction::Down, _) if is_last => {
                format!("DELETE FROM schema_kit.history WHERE {}", self.is_at(done))
            }
            (Direction::Down, _) => format!(
                "{} SET down_steps = {}, down_done = {next}, step_before = NULL WHERE {}",
                UPDATE,
                checksums(self.parts),
                self.is_at(done)
            ),
        }
    }

    /// Takes the note back that a part was begun, since it failed and nothing of it is left. A migration of which
    /// nothing is done has no row.
    pub(super) fn undone(&self, done: usize) -> String {
        match (self.direction, done) {
            (Direction::Up, 0) => {
                format!("DELETE FROM schema_kit.history WHERE {}", self.is_at(0))
            }
            (Direction::Down, 0) => format!(
                "{} SET down_steps = NULL, down_done = NULL, step_before = NULL WHERE {}",
                UPDATE,
                self.is_at(0)
            ),
            _ => format!(
                "{} SET step_before = NULL WHERE {}",
                UPDATE,
                self.is_at(done)
            ),
        }
    }

    fn insert(&self, done: usize, before: &str, finished: &str, milliseconds: i64) -> String {
        let values = format!(
            "{}, {done}, {before}, {}, {finished}, {milliseconds}",
            checksums(self.parts),
            // The start is what is known to lie before.
            format_args!("clock_timestamp() - interval '{milliseconds} milliseconds'"),
        );
        insert(self.migration, Kind::Run, &values)
    }

    /// The condition that the row is where this runner left it.
    fn is_at(&self, done: usize) -> String {
        let version = quote_literal(self.migration.version().as_str());
        let state = match self.direction {
            Direction::Up => format!("finished_at IS NULL AND steps_done = {done}"),
            Direction::Down => {
                format!("finished_at IS NOT NULL AND coalesce(down_done, 0) = {done}")
            }
        };
        format!("{} AND {state}", is_version(&version))
    }
}

const UPDATE: &str = "UPDATE schema_kit.history";

/// The statement that records a migration as applied without running it.
pub(super) fn mark(migration: &Migration, kind: Kind) -> String {
    let values = "'{}', 0, NULL, clock_timestamp(), clock_timestamp(), 0";
    insert(migration, kind, values)
}

/// The statement that takes the file as it is now for what was applied.
pub(super) fn accept(migration: &Migration) -> String {
    let version = quote_literal(migration.version().as_str());
    format!(
        "{UPDATE} SET name = {}, kind = 'repair', checksum = {}, sql = {}, steps_done = cardinality(steps), \
         step_before = NULL, down_steps = NULL, down_done = NULL, \
         finished_at = coalesce(finished_at, clock_timestamp()) WHERE {}",
        quote_literal(migration.name()),
        quote_literal(migration.up().checksum()),
        quote_literal(migration.up().sql()),
        is_version(&version)
    )
}

/// The statement that takes the file as it is now for what is being applied.
pub(super) fn resume(migration: &Migration, parts: &[Part<'_>]) -> String {
    let version = quote_literal(migration.version().as_str());
    format!(
        "{UPDATE} SET name = {}, checksum = {}, sql = {}, steps = {} WHERE {}",
        quote_literal(migration.name()),
        quote_literal(migration.up().checksum()),
        quote_literal(migration.up().sql()),
        checksums(parts),
        is_version(&version)
    )
}

/// The statement that takes the new parts of `down.sql` for what is being run.
pub(super) fn resume_down(version: &Version, parts: &[Part<'_>]) -> String {
    format!(
        "{UPDATE} SET down_steps = {} WHERE {}",
        checksums(parts),
        is_version(&quote_literal(version.as_str()))
    )
}

/// The statement that forgets a migration.
pub(super) fn forget(version: &Version) -> String {
    let version = quote_literal(version.as_str());
    format!(
        "DELETE FROM schema_kit.history WHERE {}",
        is_version(&version)
    )
}

fn insert(migration: &Migration, kind: Kind, values: &str) -> String {
    let literals = [
        migration.version().as_str(),
        migration.name(),
        kind.as_str(),
        migration.up().checksum(),
        migration.up().sql(),
    ]
    .map(quote_literal);
    format!(
        "INSERT INTO schema_kit.history (version, name, kind, checksum, sql, steps, steps_done, step_before, \
         started_at, finished_at, execution_ms, applied_by, kit_version) \
         VALUES ({}, {values}, session_user, {})",
        literals.join(", "),
        quote_literal(env!("CARGO_PKG_VERSION"))
    )
}

/// Versions are equal by value: the file may have got zeros in front since.
fn is_version(literal: &str) -> String {
    format!("ltrim(version, '0') = ltrim({literal}, '0')")
}

fn checksums(parts: &[Part<'_>]) -> String {
    let checksums: Vec<String> = parts
        .iter()
        .map(|part| quote_literal(&part.checksum))
        .collect();
    format!("ARRAY[{}]::text[]", checksums.join(", "))
}

/// Runs a statement that must change exactly one row.
pub(super) async fn write(client: &Client, sql: &str) -> Result<Written, tokio_postgres::Error> {
    Ok(match change(client, sql).await? {
        1 => Written::Yes,
        _ => Written::No,
    })
}

/// Whether the row was as it was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Yes,
    No,
}
