//! A schema in which tables, partitions, views and objects are found by name without a walk through it: a plan looks them up once or
//! more for each change.

use std::{collections::BTreeMap, ops::Deref};

use schema_core::schema::{Object, QualifiedName, Schema, SqlType, Table, View};

use super::lower::is_of;
use crate::diff::{self, Place};

/// A schema, and where its relations and objects are.
pub(super) struct Lookup<'a> {
    schema: &'a Schema,
    places: BTreeMap<&'a QualifiedName, Place<'a>>,
    views: BTreeMap<&'a QualifiedName, &'a View>,
    objects: BTreeMap<String, &'a Object>,
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
