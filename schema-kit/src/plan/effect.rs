//! What a statement does to tables that were there before: which lock it takes, and whether it goes through the rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use schema_core::schema::{QualifiedName, Schema};

use super::hazard::{Hazard, HazardKind};
use crate::diff::Renames;

/// What a statement does to one table, partition or materialized view that was there before the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Effect {
    /// The table, under the name it has when the statement runs.
    pub table: QualifiedName,
    /// The strongest lock it takes on the table.
    pub lock: LockMode,
    /// What it does with the table's rows.
    pub work: Work,
}

/// The lock modes of a table, the weakest first
/// ([Explicit Locking](https://www.postgresql.org/docs/current/explicit-locking.html)). Displays as `ACCESS EXCLUSIVE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LockMode {
    /// That of a query. Plans list it only where rows are read.
    AccessShare,
    /// That of `SELECT … FOR UPDATE`.
    RowShare,
    /// That of `INSERT`, `UPDATE` and `DELETE`.
    RowExclusive,
    /// That of `VACUUM`: reads and writes go on.
    ShareUpdateExclusive,
    /// Nobody writes.
    Share,
    /// Nobody writes, and nobody else holds this lock.
    ShareRowExclusive,
    /// Nobody writes, and nobody else holds any lock but that of a query.
    Exclusive,
    /// Nobody reads or writes.
    AccessExclusive,
}

impl LockMode {
    /// Whether queries wait for it.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::plan::LockMode;
    ///
    /// assert!(LockMode::AccessExclusive.blocks_reads());
    /// assert!(!LockMode::Share.blocks_reads());
    /// assert!(LockMode::Share.blocks_writes());
    /// ```
    #[must_use]
    pub fn blocks_reads(self) -> bool {
        self == Self::AccessExclusive
    }

    /// Whether `INSERT`, `UPDATE` and `DELETE` wait for it.
    #[must_use]
    pub fn blocks_writes(self) -> bool {
        self >= Self::Share
    }

    /// The mode as the manual writes it, `ACCESS EXCLUSIVE`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccessShare => "ACCESS SHARE",
            Self::RowShare => "ROW SHARE",
            Self::RowExclusive => "ROW EXCLUSIVE",
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::Exclusive => "EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }
}

impl fmt::Display for LockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a statement does with a table's rows, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Nothing: only catalogs change, however many rows there are.
    Nothing,
    /// It reads them all.
    Scan,
    /// It writes them all anew.
    Rewrite,
}

impl Work {
    /// The work as reports write it: `nothing`, `scan`, `rewrite`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Scan => "scan",
            Self::Rewrite => "rewrite",
        }
    }
}

/// An effect as a step says it, before it is known which tables were there and what belongs to them.
#[derive(Debug, Clone)]
pub(super) struct Touch {
    pub(super) effect: Effect,
    pub(super) reach: Reach,
}

/// What is locked along with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing.
    Only,
    /// Its partitions.
    Partitions,
    /// Its partitions, and the tables that inherit from it.
    Descendants,
}

/// The tables that were there, and what a statement about one reaches besides it.
pub(super) struct Relations<'a> {
    /// Those with rows; a partitioned table has none.
    with_rows: BTreeSet<&'a QualifiedName>,
    partitioned: BTreeSet<&'a QualifiedName>,
    partitions: BTreeMap<&'a QualifiedName, Vec<&'a QualifiedName>>,
    heirs: BTreeMap<&'a QualifiedName, Vec<&'a QualifiedName>>,
}

impl<'a> Relations<'a> {
    pub(super) fn new(previous: &'a Schema, renames: &'a Renames) -> Self {
        let mut this = Self {
            with_rows: BTreeSet::new(),
            partitioned: BTreeSet::new(),
            partitions: BTreeMap::new(),
            heirs: BTreeMap::new(),
        };
        for table in &previous.tables {
            this.add(&table.name, table.partition_by.is_some());
            for parent in &table.inherits {
                this.heirs.entry(parent).or_default().push(&table.name);
            }
            for (parent, partition) in table.partitions() {
                let table = &partition.table;
                this.add(&table.name, table.partition_by.is_some());
                this.partitions
                    .entry(parent)
                    .or_default()
                    .push(&partition.table.name);
            }
        }
        let views = previous.views.iter().filter(|view| view.materialized);
        views.for_each(|view| this.add(&view.name, false));
        // A rename runs under the previous name.
        for (name, next) in renames.tables() {
            this.add(name, this.partitioned.contains(next));
            for belonging in [&mut this.partitions, &mut this.heirs] {
                if let Some(tables) = belonging.get(next).cloned() {
                    belonging.insert(name, tables);
                }
            }
        }
        this
    }

    fn add(&mut self, name: &'a QualifiedName, partitioned: bool) {
        match partitioned {
            true => self.partitioned.insert(name),
            false => self.with_rows.insert(name),
        };
    }

    /// The effects on the tables that were there, each table once, by name.
    pub(super) fn effects(&self, touches: &[Touch]) -> Vec<Effect> {
        let mut found: BTreeMap<&QualifiedName, (LockMode, Work)> = BTreeMap::new();
        for touch in touches {
            let mut pending = vec![&touch.effect.table];
            while let Some(name) = pending.pop() {
                let (lock, mut work) = (touch.effect.lock, touch.effect.work);
                if self.partitioned.contains(name) {
                    work = Work::Nothing;
                } else if !self.with_rows.contains(name) {
                    continue;
                }
                let known = found.entry(name).or_insert((lock, work));
                *known = (known.0.max(lock), known.1.max(work));
                if touch.reach != Reach::Only {
                    pending.extend(self.partitions.get(name).into_iter().flatten());
                }
                if touch.reach == Reach::Descendants {
                    pending.extend(self.heirs.get(name).into_iter().flatten());
                }
            }
        }
        let found = found.into_iter();
        let found = found.map(|(table, (lock, work))| Effect {
            table: table.clone(),
            lock,
            work,
        });
        found.collect()
    }

    /// The dangers that follow from what a statement does to tables: one for each table it is said of, not for what
    /// belongs to them.
    pub(super) fn hazards(&self, touches: &[Touch]) -> Vec<Hazard> {
        let mut effects: Vec<Effect> = Vec::new();
        for Touch { effect, .. } in touches.iter().filter(|it| self.was_there(&it.effect.table)) {
            match effects.iter_mut().find(|it| it.table == effect.table) {
                Some(known) => {
                    known.lock = known.lock.max(effect.lock);
                    known.work = known.work.max(effect.work);
                }
                None => effects.push(effect.clone()),
            }
        }
        let busy = effects.iter().find(|effect| effect.work != Work::Nothing);
        let Some(busy) = busy else {
            return Vec::new();
        };
        let effects = effects.iter();
        effects.filter_map(|effect| hazard(effect, busy)).collect()
    }

    /// Whether there was a table, a partition or a materialized view of this name.
    pub(super) fn was_there(&self, name: &QualifiedName) -> bool {
        self.with_rows.contains(name) || self.partitioned.contains(name)
    }
}

/// What an effect of a statement is a danger of, which is busy with the rows of a table.
fn hazard(effect: &Effect, busy: &Effect) -> Option<Hazard> {
    let Effect { table, lock, work } = effect;
    let (kind, what) = match work {
        Work::Nothing if busy.table == *table => return None,
        Work::Nothing if lock.blocks_reads() => (
            HazardKind::BlocksReads,
            format!(
                "nobody reads `{table}` while the rows of `{}` are looked at",
                busy.table
            ),
        ),
        Work::Nothing if lock.blocks_writes() => (
            HazardKind::BlocksWrites,
            format!(
                "nobody writes `{table}` while the rows of `{}` are looked at",
                busy.table
            ),
        ),
        Work::Nothing => return None,
        Work::Rewrite => (
            HazardKind::RewritesTable,
            format!("table `{table}` is written anew and nobody reads it meanwhile"),
        ),
        Work::Scan if lock.blocks_reads() => (
            HazardKind::BlocksReads,
            format!("all rows of `{table}` are looked at while nobody reads it"),
        ),
        Work::Scan if lock.blocks_writes() => (
            HazardKind::BlocksWrites,
            format!("all rows of `{table}` are looked at while nobody writes it"),
        ),
        Work::Scan => (
            HazardKind::ScansTable,
            format!("all rows of `{table}` are looked at"),
        ),
    };
    Some(Hazard::new(kind, what))
}
