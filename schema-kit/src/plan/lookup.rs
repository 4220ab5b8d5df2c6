//! A schema in which tables, partitions, views and objects are found by name without a walk through it: a plan looks them up once or
//! more for each change.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
};

use schema_core::schema::{Object, QualifiedName, Schema, SqlType, Table, View};

use super::{lower::is_of, name};
use crate::diff::{self, Place};

/// A schema, and where its relations and objects are.
pub(super) struct Lookup<'a> {
    schema: &'a Schema,
    places: BTreeMap<&'a QualifiedName, Place<'a>>,
    views: BTreeMap<&'a QualifiedName, &'a View>,
    objects: BTreeMap<String, &'a Object>,
    /// The names of tables, indexes, sequences and views, once they are asked for.
    relations: OnceCell<BTreeSet<QualifiedName>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let views = schema.views.iter();
        let objects = schema.objects.iter();
        Self {
            schema,
            places: diff::places(schema),
            views: views.map(|view| (&view.name, view)).collect(),
            objects: objects.map(|object| (object.identity(), object)).collect(),
            relations: OnceCell::new(),
        }
    }

    /// A table that is no partition.
    pub(super) fn table(&self, name: &QualifiedName) -> Option<&'a Table> {
        match self.place(name)? {
            Place::Alone(table) => Some(table),
            Place::Below(..) => None,
        }
    }

    /// A table or a partition, of which only what it says itself is there.
    pub(super) fn own(&self, name: &QualifiedName) -> Option<&'a Table> {
        self.place(name).map(Place::table)
    }

    /// Where a table or partition stands.
    pub(super) fn place(&self, name: &QualifiedName) -> Option<Place<'a>> {
        self.places.get(name).copied()
    }

    pub(super) fn view(&self, name: &QualifiedName) -> Option<&'a View> {
        self.views.get(name).copied()
    }

    /// Whether a table, an index, a sequence or a view has this name.
    pub(super) fn has_relation(&self, name: &QualifiedName) -> bool {
        let names = || name::relations(self.schema);
        self.relations.get_or_init(names).contains(name)
    }

    /// Whether a type has this name; each table and view has one.
    pub(super) fn has_type(&self, name: &QualifiedName) -> bool {
        let enums = self.schema.enums.iter().map(|it| &it.name);
        let domains = self.schema.domains.iter().map(|it| &it.name);
        let composites = self.schema.composites.iter().map(|it| &it.name);
        let mut own = enums.chain(domains).chain(composites);
        own.any(|it| it == name) || self.has_relation(name)
    }

    /// Whether a type is a domain that refuses values: the server checks even those that rows do not have yet.
    pub(super) fn is_constrained(&self, ty: &SqlType) -> bool {
        let mut domains = self.schema.domains.iter();
        domains
            .any(|domain| is_of(ty, &domain.name) && (domain.not_null || !domain.checks.is_empty()))
    }

    /// An object by what identifies it.
    pub(super) fn object(&self, identity: &str) -> Option<&'a Object> {
        self.objects.get(identity).copied()
    }
}

impl Deref for Lookup<'_> {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        self.schema
    }
}
