//! Schemas.

use super::{CollationDef, ExtensionDef, ForeignKeyDef, ObjectDef, SequenceDef, TableDef, ViewDef};

/// One table of a schema: its definition and its foreign keys.
#[derive(Debug, Clone, Copy)]
pub struct TableEntry {
    /// What the table says of itself alone.
    pub table: &'static TableDef,
    /// Its foreign keys: those of single columns first, in field order, then the struct's.
    pub foreign_keys: &'static [ForeignKeyDef],
}

/// All tables and views an application manages, as [`schema!`](crate::schema!) declares them.
#[derive(Debug, Clone, Copy)]
pub struct SchemaDef {
    /// The static's name.
    pub name: &'static str,
    /// The static's doc comment.
    pub comment: Option<&'static str>,
    /// The tables, in the order they were listed.
    pub tables: &'static [TableEntry],
    /// The views, in the order they were listed.
    pub views: &'static [&'static ViewDef],
    /// `extensions = […]`.
    pub extensions: &'static [ExtensionDef],
    /// `sequences = […]`.
    pub sequences: &'static [SequenceDef],
    /// `collations = […]`.
    pub collations: &'static [CollationDef],
    /// `objects = […]`.
    pub objects: &'static [ObjectDef],
}

impl SchemaDef {
    /// A schema without tables or anything else.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::def::SchemaDef;
    ///
    /// static CHAT: SchemaDef = SchemaDef { comment: Some("The chat."), ..SchemaDef::new("CHAT") };
    /// assert!(CHAT.tables.is_empty());
    /// ```
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            comment: None,
            tables: &[],
            views: &[],
            extensions: &[],
            sequences: &[],
            collations: &[],
            objects: &[],
        }
    }
}
