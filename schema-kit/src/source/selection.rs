//! Which of a schema's objects are meant.

use std::collections::BTreeSet;

use schema_core::{
    ident::{self, PUBLIC},
    schema::{QualifiedName, Schema, Securable},
};

use crate::{introspect::UnknownObject, pattern::Pattern};

/// Which objects of a schema are meant: those of some namespaces, without some by name. By default all.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{QualifiedName, Schema, Table};
/// use schema_kit::source::Selection;
///
/// let tables = ["users", "tmp_1"].map(|name| Table::new(QualifiedName::new("public", name)));
/// let schema = Schema { tables: tables.into(), ..Schema::default() };
/// let selection = Selection { excluded: vec!["tmp_*".parse()?], ..Selection::default() };
/// assert_eq!(selection.apply(&schema).tables[0].name.name, "users");
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The namespaces, `public` by its name; all where none is named.
    pub namespaces: BTreeSet<String>,
    /// What is left out of them.
    pub excluded: Vec<Pattern>,
}

impl Selection {
    /// Whether everything is meant.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.namespaces.is_empty() && self.excluded.is_empty()
    }

    /// Whether an object of this name is meant.
    #[must_use]
    pub fn contains(&self, name: &QualifiedName) -> bool {
        self.contains_namespace(&name.namespace)
            && !self.excluded.iter().any(|pattern| pattern.matches(name))
    }

    fn contains_namespace(&self, namespace: &str) -> bool {
        self.namespaces.is_empty() || self.namespaces.contains(namespace)
    }

    /// Makes the schema of what is meant alone.
    #[must_use]
    pub fn apply(&self, schema: &Schema) -> Schema {
        let mut schema = schema.clone();
        if self.is_all() {
            return schema;
        }
        let namespaces = &mut schema.namespaces;
        namespaces.retain(|namespace| self.contains_namespace(&namespace.name));
        let within = |namespace: &Option<String>| namespace.as_deref().unwrap_or(PUBLIC).to_owned();
        let extensions = &mut schema.extensions;
        extensions.retain(|it| self.contains_namespace(&within(&it.namespace)));
        macro_rules! retain {
            ($($list:ident)*) => {
                $(schema.$list.retain(|it| self.contains(&it.name));)*
            };
        }
        retain!(enums domains composites collations sequences tables views);
        schema.objects.retain(|object| {
            let name = object.table.clone().unwrap_or_else(|| {
                QualifiedName::new(within(&object.namespace), object.name.as_str())
            });
            self.contains(&name)
        });
        if let Some(privileges) = &mut schema.privileges {
            privileges
                .objects
                .retain(|on, _| self.contains_securable(on));
        }
        schema
    }

    fn contains_securable(&self, on: &Securable) -> bool {
        match on {
            Securable::Namespace(name) => self.contains_namespace(name),
            Securable::Relation(name)
            | Securable::Column(name, _)
            | Securable::Sequence(name)
            | Securable::Type(name)
            | Securable::Domain(name) => self.contains(name),
            // What is left out of the objects has no privileges that differ.
            Securable::Object(_) => true,
        }
    }

    /// Whether an object that the model has no place for is meant, as far as its name tells.
    #[must_use]
    pub fn contains_unknown(&self, object: &UnknownObject) -> bool {
        let mut namespaces = self.namespaces.iter();
        self.namespaces.is_empty()
            || namespaces.any(|name| object.name.starts_with(&format!("{}.", ident::quote(name))))
    }
}
