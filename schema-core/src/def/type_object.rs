//! Types an application declares beside its tables: enum types, domains and composite types.

use super::{CheckDef, ColumnDef, Location, TableName};
use crate::ty::TypeDef;

/// A type of the user's own, as its enum or struct declares it.
///
/// A column refers to it through its Rust type, so a schema makes the types its tables need without listing them.
#[derive(Debug, Clone, Copy)]
pub struct TypeObjectDef {
    /// The type's name.
    pub name: TableName,
    /// The enum or struct it was declared with.
    pub location: Location,
    /// `COMMENT ON TYPE` or `COMMENT ON DOMAIN`.
    pub comment: Option<&'static str>,
    /// What it is.
    pub kind: TypeObjectKind,
}

/// What a type of the user's own is.
#[derive(Debug, Clone, Copy)]
pub enum TypeObjectKind {
    /// An [enum type](https://www.postgresql.org/docs/current/datatype-enum.html) of these labels, in their order.
    Enum(&'static [&'static str]),
    /// A [domain](https://www.postgresql.org/docs/current/domains.html).
    Domain(&'static DomainDef),
    /// A [composite type](https://www.postgresql.org/docs/current/rowtypes.html) of these attributes, in their order.
    /// An attribute has a type, a collation and a comment; nothing else of a column.
    Composite(&'static [ColumnDef]),
}

/// A domain: a type with conditions.
#[derive(Debug, Clone, Copy)]
pub struct DomainDef {
    /// The type below it, with the domain's default and collation. In messages it goes by the name `value`.
    pub value: ColumnDef,
    /// `NOT NULL`.
    pub not_null: bool,
    /// Its checks.
    pub checks: &'static [CheckDef],
}

impl TypeObjectDef {
    /// What it is made of, as columns: a domain of the type below it, a composite type of its attributes.
    pub(crate) const fn columns(&self) -> &'static [ColumnDef] {
        match &self.kind {
            TypeObjectKind::Enum(_) => &[],
            TypeObjectKind::Domain(domain) => std::slice::from_ref(&domain.value),
            TypeObjectKind::Composite(attributes) => attributes,
        }
    }

    /// The declared types this one is made of.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &'static TypeObjectDef> {
        self.columns().iter().filter_map(ColumnDef::type_object)
    }
}

impl ColumnDef {
    /// The type of the user's own that the column holds, itself or in an array.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::{SqlEnum, def::ColumnDef};
    ///
    /// #[derive(SqlEnum, Debug)]
    /// enum Mood {
    ///     Happy,
    /// }
    ///
    /// const MOODS: ColumnDef = ColumnDef::of::<Vec<Mood>>("moods", "moods");
    /// assert_eq!(MOODS.type_object().unwrap().name.name, "mood");
    /// ```
    #[must_use]
    pub const fn type_object(&self) -> Option<&'static TypeObjectDef> {
        self.facts.type_object
    }

    /// The column itself, or what is below all domains where it holds one: its type decides what the column can do.
    pub(crate) const fn beneath(&self) -> &Self {
        match (&self.sql_type, self.facts.type_object) {
            (
                TypeDef::Named { .. },
                Some(TypeObjectDef {
                    kind: TypeObjectKind::Domain(domain),
                    ..
                }),
            ) => domain.value.beneath(),
            _ => self,
        }
    }
}
