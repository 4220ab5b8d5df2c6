//! Foreign keys.

use super::{Deferrable, Position, TableDef};

/// A foreign key.
#[derive(Debug, Clone, Copy)]
pub struct ForeignKeyDef {
    /// Where it says what it references.
    pub position: Position,
    /// The constraint's name, where the user gave one.
    pub name: Option<&'static str>,
    /// The referencing columns, by database name.
    pub columns: &'static [&'static str],
    /// The referenced table.
    pub referenced: &'static TableDef,
    /// The referenced columns, by Rust field; empty for the referenced table's primary key.
    pub referenced_fields: &'static [&'static str],
    /// `ON DELETE`.
    pub on_delete: ReferentialActionDef,
    /// `ON UPDATE`.
    pub on_update: ReferentialActionDef,
    /// `MATCH FULL`.
    pub match_full: bool,
    /// `DEFERRABLE`; `None` is not deferrable.
    pub deferrable: Option<Deferrable>,
    /// `NOT VALID`.
    pub not_valid: bool,
}

impl ForeignKeyDef {
    /// A foreign key with the server's defaults.
    #[track_caller]
    #[must_use]
    pub const fn new(
        columns: &'static [&'static str],
        referenced: &'static TableDef,
        referenced_fields: &'static [&'static str],
    ) -> Self {
        Self {
            position: Position::here(),
            name: None,
            columns,
            referenced,
            referenced_fields,
            on_delete: ReferentialActionDef::NoAction,
            on_update: ReferentialActionDef::NoAction,
            match_full: false,
            deferrable: None,
            not_valid: false,
        }
    }
}

/// What happens to a row when the row it references is deleted or its key updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferentialActionDef {
    /// `NO ACTION`: an error, checked at the end of the statement or transaction.
    NoAction,
    /// `RESTRICT`: an error at once.
    Restrict,
    /// `CASCADE`.
    Cascade,
    /// `SET NULL`; of these columns alone where any are named (PostgreSQL 15 and later, `ON DELETE` only).
    SetNull(&'static [&'static str]),
    /// `SET DEFAULT`; of these columns alone where any are named (PostgreSQL 15 and later, `ON DELETE` only).
    SetDefault(&'static [&'static str]),
}
