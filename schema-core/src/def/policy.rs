//! Row security policies.

use super::{Position, SqlText};

/// A row security policy ([`CREATE POLICY`](https://www.postgresql.org/docs/current/sql-createpolicy.html)).
#[derive(Debug, Clone, Copy)]
pub struct PolicyDef {
    /// Where it is named.
    pub position: Position,
    /// The policy's name.
    pub name: &'static str,
    /// Whether it adds permission or takes it away.
    pub restrictive: bool,
    /// `FOR`.
    pub command: PolicyCommand,
    /// `TO`; empty is `PUBLIC`.
    pub roles: &'static [&'static str],
    /// `USING`.
    pub using: Option<SqlText>,
    /// `WITH CHECK`.
    pub with_check: Option<SqlText>,
    /// `COMMENT ON POLICY`.
    pub comment: Option<&'static str>,
}

/// The command a policy applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PolicyCommand {
    /// `ALL`.
    All,
    /// `SELECT`.
    Select,
    /// `INSERT`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
}
