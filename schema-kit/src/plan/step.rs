//! A statement with what decides its place in the order.

use schema_core::{ddl::Address, schema::QualifiedName};

use super::{
    effect::{Effect, LockMode, Reach, Touch, Work},
    hazard::{Hazard, HazardKind},
    online::Intent,
};

/// Where a statement stands when nothing else decides: what is in the way goes first, what holds data goes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Rename,
    Detach,
    Release,
    Namespace,
    Extension,
    Collation,
    Sequence,
    Type,
    Object,
    Table,
    Column,
    Key,
    Check,
    Index,
    Attach,
    Attached,
    ForeignKey,
    View,
    Security,
    Comment,
    Validate,
    Remove,
    RemoveLast,
    Finish,
}

/// A statement and its dependencies.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) sql: String,
    /// Dangers that do not follow from what it does to tables.
    pub(super) hazards: Vec<Hazard>,
    pub(super) notes: Vec<String>,
    /// What it does to tables; those that were not there before are left out in the end.
    pub(super) touches: Vec<Touch>,
    pub(super) transactional: bool,
    pub(super) commits: bool,
    pub(super) leaves_invalid: Option<QualifiedName>,
    pub(super) phase: Phase,
    /// What has to be there before it.
    pub(super) needs: Vec<Address>,
    /// What should be there before it, unless that needs what it makes.
    pub(super) wishes: Vec<Address>,
    /// Whether the server must not look into the body of the routine it makes.
    pub(super) unchecked: bool,
    /// What is there, or is as it is to be, after it.
    pub(super) makes: Vec<Address>,
    /// What it no longer lets depend on these: they are changed or removed after it.
    pub(super) releases: Vec<Address>,
    /// What is gone after it.
    pub(super) removes: Vec<Address>,
    /// Whether what it makes was there and is usable all the time: what lets go of it need not run before.
    pub(super) in_place: bool,
    /// Whether it runs after the step that is given before it.
    pub(super) follows: bool,
    /// What it does, where there is another way to do that to a table in use.
    pub(super) intent: Option<Box<Intent>>,
}

impl Step {
    pub(super) fn new(phase: Phase, sql: String) -> Self {
        Self {
            sql,
            hazards: Vec::new(),
            notes: Vec::new(),
            touches: Vec::new(),
            transactional: true,
            commits: false,
            leaves_invalid: None,
            phase,
            needs: Vec::new(),
            wishes: Vec::new(),
            unchecked: false,
            makes: Vec::new(),
            releases: Vec::new(),
            removes: Vec::new(),
            in_place: false,
            follows: false,
            intent: None,
        }
    }

    pub(super) fn needs(mut self, addresses: impl IntoIterator<Item = Address>) -> Self {
        self.needs.extend(addresses);
        self
    }

    /// A setting of the session.
    pub(super) fn setting(sql: &str) -> Self {
        Self::new(Phase::Rename, sql.to_owned())
    }

    pub(super) fn wishes(mut self, addresses: impl IntoIterator<Item = Address>) -> Self {
        self.wishes.extend(addresses);
        self
    }

    pub(super) fn makes(mut self, address: Address) -> Self {
        self.makes.push(address);
        self
    }

    pub(super) fn releases(mut self, addresses: impl IntoIterator<Item = Address>) -> Self {
        self.releases.extend(addresses);
        self
    }

    pub(super) fn removes(mut self, address: Address) -> Self {
        self.removes.push(address);
        self
    }

    pub(super) fn hazard(mut self, kind: HazardKind, what: impl Into<String>) -> Self {
        self.hazards.push(Hazard::new(kind, what));
        self
    }

    /// It locks a table and what belongs to it: partitions, and tables that inherit from it.
    pub(super) fn locks(self, lock: LockMode, table: &QualifiedName) -> Self {
        self.touch(table, lock, Work::Nothing, Reach::Descendants)
    }

    /// It locks a table, and not what belongs to it.
    pub(super) fn locks_only(self, lock: LockMode, table: &QualifiedName) -> Self {
        self.touch(table, lock, Work::Nothing, Reach::Only)
    }

    /// It locks a table and what belongs to it, and reads all rows.
    pub(super) fn scans(self, lock: LockMode, table: &QualifiedName) -> Self {
        self.touch(table, lock, Work::Scan, Reach::Descendants)
    }

    /// It writes a table and what belongs to it anew.
    pub(super) fn rewrites(self, table: &QualifiedName) -> Self {
        self.touch(
            table,
            LockMode::AccessExclusive,
            Work::Rewrite,
            Reach::Descendants,
        )
    }

    /// It locks a table and its partitions, and does this with their rows.
    pub(super) fn divided(self, lock: LockMode, table: &QualifiedName, work: Work) -> Self {
        self.touch(table, lock, work, Reach::Partitions)
    }

    fn touch(mut self, table: &QualifiedName, lock: LockMode, work: Work, reach: Reach) -> Self {
        let table = table.clone();
        self.touches.push(Touch {
            effect: Effect { table, lock, work },
            reach,
        });
        self
    }

    pub(super) fn intends(mut self, intent: Intent) -> Self {
        self.intent = Some(Box::new(intent));
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// It cannot run inside a transaction.
    pub(super) fn alone(mut self) -> Self {
        self.transactional = false;
        self
    }

    pub(super) fn commits(mut self) -> Self {
        self.commits = true;
        self
    }
}
