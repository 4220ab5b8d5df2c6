//! What a plan does to the tables that are there, statement by statement, for whoever decides when to run it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use schema_core::schema::QualifiedName;
use serde_json::{Value, json};

use super::{Effect, Plan, Statement, Work};
use crate::{diff::Renames, introspect::TableSize};

/// The locks, scans and rewrites of a plan, with the sizes of the tables where they are known.
///
/// ```
/// use schema_core::schema::{Column, QualifiedName, Schema, Table};
/// use schema_kit::{diff::{Diff, Renames}, introspect::TableSize, plan::{Plan, Report}};
///
/// let users = QualifiedName::new("public", "users");
/// let schema = |ty: &str| Schema {
///     tables: vec![Table {
///         columns: vec![Column::new("age", ty.parse().unwrap())],
///         ..Table::new(users.clone())
///     }],
///     ..Schema::default()
/// };
/// let (previous, next) = (schema("integer"), schema("bigint"));
/// let renames = Renames::default();
/// let plan = Plan::new(&Diff::between(&previous, &next), &previous, &next, &renames)?;
///
/// let sizes = [(users, TableSize::new(Some(1200), 98_304))].into();
/// assert_eq!(
///     Report::new(&plan, &renames, sizes).text(),
///     "1. ALTER TABLE users ALTER COLUMN age TYPE bigint
///    users: ACCESS EXCLUSIVE, writes about 1200 rows anew, 96.0 kB
/// "
/// );
/// # Ok::<(), schema_kit::plan::PlanError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Report<'p> {
    plan: &'p Plan,
    renames: &'p Renames,
    sizes: BTreeMap<QualifiedName, TableSize>,
}

impl Plan {
    /// The tables that were there and that the plan locks or goes through, under the names they have before it runs: those
    /// whose [sizes](crate::introspect::sizes) a [`Report`] shows.
    #[must_use]
    pub fn tables(&self, renames: &Renames) -> BTreeSet<QualifiedName> {
        let statements = self.statements.iter();
        let effects = statements.flat_map(|statement| &statement.effects);
        effects
            .map(|effect| live_name(renames, &effect.table).clone())
            .collect()
    }
}

/// The name a table has before the plan runs.
fn live_name<'n>(renames: &'n Renames, table: &'n QualifiedName) -> &'n QualifiedName {
    let found = renames.tables().find(|(_, next)| *next == table);
    found.map_or(table, |(previous, _)| previous)
}

impl<'p> Report<'p> {
    /// Makes the report of a plan; tables whose size is not known are listed without it.
    #[must_use]
    pub fn new(
        plan: &'p Plan,
        renames: &'p Renames,
        sizes: BTreeMap<QualifiedName, TableSize>,
    ) -> Self {
        Self {
            plan,
            renames,
            sizes,
        }
    }

    fn size(&self, effect: &Effect) -> Option<TableSize> {
        self.sizes
            .get(live_name(self.renames, &effect.table))
            .copied()
    }

    /// Renders the report: each statement with its number, and below it a line for each table it locks.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (at, statement) in self.plan.statements.iter().enumerate() {
            let sql: Vec<&str> = statement.sql.split_whitespace().collect();
            let outside = match statement.transactional {
                true => "",
                false => " (outside a transaction)",
            };
            // Writing to a string does not fail.
            let _ = writeln!(text, "{}. {}{outside}", at + 1, sql.join(" "));
            for effect in &statement.effects {
                let _ = writeln!(text, "   {}", self.line(effect));
            }
        }
        text
    }

    fn line(&self, effect: &Effect) -> String {
        let size = self.size(effect);
        let rows = match size.and_then(|size| size.rows) {
            Some(rows) => format!("about {rows} rows"),
            None => "all rows".to_owned(),
        };
        let work = match effect.work {
            Work::Nothing => String::new(),
            Work::Scan => format!(", reads {rows}"),
            Work::Rewrite => format!(", writes {rows} anew"),
        };
        let bytes = size.filter(|_| effect.work != Work::Nothing);
        let bytes = bytes.map_or(String::new(), |size| {
            format!(", {}", render_bytes(size.bytes))
        });
        format!("{}: {}{work}{bytes}", effect.table, effect.lock)
    }

    /// The report as JSON: an object with the key `statements`, each with its `sql`, `hazards`, `notes`, `transactional`,
    /// its timeouts in milliseconds, and `tables`, each with `name`, `lock`, `work` (`nothing`, `scan`, `rewrite`) and,
    /// where they are known, `rows` and `bytes`.
    #[must_use]
    pub fn json(&self) -> Value {
        let statements = self.plan.statements.iter();
        let statements: Vec<Value> = statements.map(|it| self.statement(it)).collect();
        json!({ "statements": statements })
    }

    fn statement(&self, statement: &Statement) -> Value {
        let hazards = statement.hazards.iter();
        let hazards = hazards.map(|it| json!({ "kind": it.kind.as_str(), "what": it.what }));
        let tables = statement.effects.iter().map(|effect| {
            let size = self.size(effect);
            json!({
                "name": effect.table.to_string(),
                "lock": effect.lock.as_str(),
                "work": effect.work.as_str(),
                "rows": size.and_then(|size| size.rows),
                "bytes": size.map(|size| size.bytes),
            })
        });
        let milliseconds = |timeout: Option<std::time::Duration>| {
            timeout.map(|timeout| u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX))
        };
        json!({
            "sql": statement.sql,
            "hazards": hazards.collect::<Vec<_>>(),
            "notes": statement.notes,
            "transactional": statement.transactional,
            "lock_timeout_ms": milliseconds(statement.timeouts.lock),
            "statement_timeout_ms": milliseconds(statement.timeouts.statement),
            "tables": tables.collect::<Vec<_>>(),
        })
    }
}

/// Bytes in the largest unit of which there is at least one, a unit being 1024 of the one before.
fn render_bytes(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    let mut scale = 1024_u64;
    if bytes < scale {
        return format!("{bytes} bytes");
    }
    let mut unit = units[0];
    for larger in &units[1..] {
        if bytes / 1024 < scale {
            break;
        }
        scale *= 1024;
        unit = larger;
    }
    format!("{}.{} {unit}", bytes / scale, bytes % scale * 10 / scale)
}

#[cfg(test)]
mod tests {
    use super::render_bytes;

    #[test]
    fn bytes_are_shown_in_the_unit_they_fill() {
        let cases = [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1536, "1.5 kB"),
            (1024 * 1024 - 1, "1023.9 kB"),
            (3 << 30, "3.0 GB"),
            (u64::MAX, "16777215.9 TB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(render_bytes(bytes), text);
        }
    }
}
