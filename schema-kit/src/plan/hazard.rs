//! What is dangerous about a statement on a database that is in use.

use std::fmt;

/// A danger of one statement. Displays as `deletes-data: what`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Hazard {
    /// The kind.
    pub kind: HazardKind,
    /// What happens to what, in one sentence without a full stop.
    pub what: String,
}

impl Hazard {
    pub(super) fn new(kind: HazardKind, what: impl Into<String>) -> Self {
        let what = what.into();
        Self { kind, what }
    }
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.what)
    }
}

/// The kinds of danger, the worst first. Locks are those of the manual's
/// [Explicit Locking](https://www.postgresql.org/docs/current/explicit-locking.html).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum HazardKind {
    /// Rows or values are gone afterwards.
    DeletesData,
    /// It fails where rows that are there do not fit.
    MayFail,
    /// The table is written anew while nobody can read it.
    RewritesTable,
    /// Nobody can read the table while rows are looked at.
    BlocksReads,
    /// Nobody can write the table while it runs.
    BlocksWrites,
    /// All rows are read.
    ScansTable,
    /// An index is built, which takes time and space.
    BuildsIndex,
    /// Privileges on what is made again are lost.
    LosesPrivileges,
    /// There is no statement that undoes it.
    NotReversible,
    /// Queries of applications that run with the previous schema fail.
    BreaksClients,
}

impl HazardKind {
    /// The kind as plans write it, `deletes-data`.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(schema_kit::plan::HazardKind::MayFail.as_str(), "may-fail");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DeletesData => "deletes-data",
            Self::MayFail => "may-fail",
            Self::RewritesTable => "rewrites-table",
            Self::BlocksReads => "blocks-reads",
            Self::BlocksWrites => "blocks-writes",
            Self::ScansTable => "scans-table",
            Self::BuildsIndex => "builds-index",
            Self::LosesPrivileges => "loses-privileges",
            Self::NotReversible => "not-reversible",
            Self::BreaksClients => "breaks-clients",
        }
    }
}

impl fmt::Display for HazardKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
