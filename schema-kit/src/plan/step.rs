//! A statement with what decides its place in the order.

use schema_core::ddl::Address;

use super::hazard::{Hazard, HazardKind};

/// Where a statement stands when nothing else decides: what is in the way goes first, what holds data goes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Rename,
    Release,
    Namespace,
    Extension,
    Collation,
    Sequence,
    Type,
    Table,
    Column,
    Key,
    Check,
    Index,
    ForeignKey,
    View,
    Security,
    Comment,
    Remove,
    RemoveLast,
}

/// A statement and its dependencies.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) sql: String,
    pub(super) hazards: Vec<Hazard>,
    pub(super) commits: bool,
    pub(super) phase: Phase,
    /// What has to be there before it.
    pub(super) needs: Vec<Address>,
    /// What is there, or is as it is to be, after it.
    pub(super) makes: Vec<Address>,
    /// What it no longer lets depend on these: they are changed or removed after it.
    pub(super) releases: Vec<Address>,
    /// What is gone after it.
    pub(super) removes: Vec<Address>,
}

impl Step {
    pub(super) fn new(phase: Phase, sql: String) -> Self {
        Self {
            sql,
            hazards: Vec::new(),
            commits: false,
            phase,
            needs: Vec::new(),
            makes: Vec::new(),
            releases: Vec::new(),
            removes: Vec::new(),
        }
    }

    pub(super) fn needs(mut self, addresses: impl IntoIterator<Item = Address>) -> Self {
        self.needs.extend(addresses);
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

    pub(super) fn commits(mut self) -> Self {
        self.commits = true;
        self
    }
}
