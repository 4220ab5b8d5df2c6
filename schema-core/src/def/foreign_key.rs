//! Foreign keys.

use super::{Deferrable, Position, TableDef, TableName};

/// A foreign key.
#[derive(Debug, Clone, Copy)]
pub struct ForeignKeyDef {
    /// Where it says what it references.
    pub position: Position,
    /// The constraint's name, where the user gave one.
    pub name: Option<&'static str>,
    /// The referencing columns, by database name.
    pub columns: &'static [&'static str],
    /// The referenced table's name.
    pub referenced: TableName,
    /// The struct it was declared with.
    pub referenced_struct: &'static str,
    /// The referenced table.
    pub referenced_table: ReferencedDef,
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
    /// `COMMENT ON CONSTRAINT`.
    pub comment: Option<&'static str>,
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
        let known = ReferencedDef::Known(referenced);
        Self::of(columns, referenced, known, referenced_fields)
    }

    /// A foreign key to a table that is given twice: to look at now, and to keep.
    #[doc(hidden)]
    #[track_caller]
    #[must_use]
    pub const fn of(
        columns: &'static [&'static str],
        referenced: &'static TableDef,
        referenced_table: ReferencedDef,
        referenced_fields: &'static [&'static str],
    ) -> Self {
        Self {
            position: Position::here(),
            name: None,
            columns,
            referenced: referenced.name,
            referenced_struct: referenced.location.rust_name,
            referenced_table,
            referenced_fields,
            on_delete: ReferentialActionDef::NoAction,
            on_update: ReferentialActionDef::NoAction,
            match_full: false,
            deferrable: None,
            not_valid: false,
            comment: None,
        }
    }
}

/// A table a foreign key references.
#[derive(Debug, Clone, Copy)]
pub enum ReferencedDef {
    /// The table itself.
    Known(&'static TableDef),
    /// A function that gives it, as the derive has it: the compiler validates a constant with all that its references
    /// lead to, and so would with each foreign key the whole of another table.
    Of(fn() -> &'static TableDef),
}

impl ReferencedDef {
    /// The table's definition.
    #[must_use]
    pub fn table(&self) -> &'static TableDef {
        match self {
            Self::Known(table) => table,
            Self::Of(definition) => definition(),
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
