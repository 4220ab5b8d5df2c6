//! Which tables and views of a database are written, and what goes with them.

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use schema_core::schema::{Dependency, Object, QualifiedName, Schema};

use crate::introspect::Introspection;

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

/// `name` in every namespace or `namespace.name`, with `*` for any characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    namespace: String,
    name: String,
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (namespace, name) = text.split_once('.').unwrap_or(("*", text));
        if namespace.is_empty() || name.is_empty() {
            return Err("write `name` or `namespace.name`, with `*` for any characters".to_owned());
        }
        Ok(Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        })
    }
}

impl Pattern {
    fn matches(&self, name: &QualifiedName) -> bool {
        is_like(&self.namespace, &name.namespace) && is_like(&self.name, &name.name)
    }
}

/// Whether a text is a pattern's, in which `*` stands for any characters.
fn is_like(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(behind) = text.strip_prefix(first) else {
        return false;
    };
    let starts = behind.char_indices().map(|(at, _)| at);
    let mut ends = starts.chain([behind.len()]);
    ends.any(|at| is_like(rest, &behind[at..]))
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

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text, expected) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "a", true),
            ("*a", "baa", true),
            ("*a", "ab", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXc", false),
            ("*", "", true),
            ("*ö", "xö", true),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }
}
