//! Which tables and views of a database are written, and what goes with them.

use std::collections::{BTreeMap, BTreeSet};

use schema_core::schema::{Dependency, Object, QualifiedName, Schema};

use crate::{introspect::Introspection, pattern::Pattern};

/// Which of a database's tables and views are written. By default all.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{QualifiedName, Schema, Table};
/// use schema_kit::{introspect::Introspection, pull::Selection};
///
/// let tables = ["users", "user_roles", "logs"];
/// let tables = tables.map(|name| Table::new(QualifiedName::new("public", name)));
/// let schema = Schema { tables: tables.into(), ..Schema::default() };
/// let found = Introspection { schema, ..Introspection::default() };
///
/// let selection = Selection { tables: vec!["user*".parse()?], ..Selection::default() };
/// assert_eq!(selection.apply(found).schema.tables.len(), 2);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The namespaces, `public` by its name; all where none is named.
    pub namespaces: BTreeSet<String>,
    /// The tables and views; all where none is named.
    pub tables: Vec<Pattern>,
}

impl Selection {
    /// Whether everything is meant.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.namespaces.is_empty() && self.tables.is_empty()
    }

    fn has_namespace(&self, namespace: &str) -> bool {
        self.namespaces.is_empty() || self.namespaces.contains(namespace)
    }

    fn has(&self, name: &QualifiedName) -> bool {
        let is_named = self.tables.iter().any(|pattern| pattern.matches(name));
        self.has_namespace(&name.namespace) && (self.tables.is_empty() || is_named)
    }

    /// Leaves the rest out: other tables and views, views that read them, and what belongs to them. Types stay that a column
    /// has, in whichever namespace.
    #[must_use]
    pub fn apply(&self, mut found: Introspection) -> Introspection {
        if self.is_all() {
            return found;
        }
        let schema = &mut found.schema;
        schema.tables.retain(|table| self.has(&table.name));
        schema.views.retain(|view| self.has(&view.name));
        let mut kept = names(schema);
        // A view that reads what is left out cannot be made, nor one that reads that view.
        loop {
            let reads = |name: &QualifiedName| kept.contains(name);
            schema
                .views
                .retain(|view| view.depends_on.iter().all(reads));
            let left = names(schema);
            if left.len() == kept.len() {
                break;
            }
            kept = left;
        }
        let views: BTreeMap<_, _> = std::mem::take(&mut found.view_types);
        found.view_types = views
            .into_iter()
            .filter(|(name, _)| kept.contains(name))
            .collect();
        let tables = &schema.tables;
        let defaults = tables.iter().flat_map(|table| &table.columns);
        let defaults: Vec<&str> = defaults
            .filter_map(|column| column.default.as_ref())
            .map(|default| default.as_str())
            .collect();
        schema
            .sequences
            .retain(|sequence| match &sequence.owned_by {
                Some((table, _)) => kept.contains(table),
                None => defaults.iter().any(|sql| sql.contains(&sequence.name.name)),
            });
        schema
            .objects
            .retain(|object| self.has_object(object, &kept));
        schema
            .namespaces
            .retain(|namespace| self.has_namespace(&namespace.name));
        found
    }

    fn has_object(&self, object: &Object, kept: &BTreeSet<QualifiedName>) -> bool {
        let tables = object
            .depends_on
            .iter()
            .filter_map(|dependency| match dependency {
                Dependency::Table(table) => Some(table),
                _ => None,
            });
        let mut needed = tables.chain(&object.table);
        let namespace = object.namespace.as_deref();
        needed.all(|table| kept.contains(table))
            && namespace.is_none_or(|namespace| self.has_namespace(namespace))
    }
}

fn names(schema: &Schema) -> BTreeSet<QualifiedName> {
    let tables = schema.tables.iter().map(|table| &table.name);
    let views = schema.views.iter().map(|view| &view.name);
    tables.chain(views).cloned().collect()
}
