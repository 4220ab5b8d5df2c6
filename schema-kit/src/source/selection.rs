//! Which of a schema's objects are meant.

use std::{collections::BTreeSet, fmt, str::FromStr};

use schema_core::{
    ident::{self, PUBLIC},
    schema::{QualifiedName, Schema},
};

use crate::introspect::UnknownObject;

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

/// A pattern of names: `name` in every namespace or `namespace.name`, with `*` for any characters.
///
/// # Examples
///
/// ```
/// use schema_core::schema::QualifiedName;
/// use schema_kit::source::Pattern;
///
/// let pattern: Pattern = "audit.*_log".parse()?;
/// assert!(pattern.matches(&QualifiedName::new("audit", "user_log")));
/// assert!(!pattern.matches(&QualifiedName::new("public", "user_log")));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    namespace: Option<String>,
    name: String,
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (namespace, name) = match text.split_once('.') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, text),
        };
        if name.is_empty() || namespace == Some("") {
            return Err(
                "a pattern is `name` or `namespace.name`, with `*` for any characters".into(),
            );
        }
        Ok(Self {
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}.")?;
        }
        f.write_str(&self.name)
    }
}

impl Pattern {
    /// Whether a name is one of the pattern's.
    #[must_use]
    pub fn matches(&self, name: &QualifiedName) -> bool {
        let namespace = self.namespace.as_deref().unwrap_or("*");
        is_like(namespace, &name.namespace) && is_like(&self.name, &name.name)
    }
}

/// Whether a text is a pattern's, in which `*` stands for any characters.
fn is_like(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = &text[at + part.len()..],
            None => return false,
        }
    }
    text.ends_with(last)
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
        schema
    }

    /// Whether an object that the model has no place for is meant, as far as its name tells.
    #[must_use]
    pub fn contains_unknown(&self, object: &UnknownObject) -> bool {
        let mut namespaces = self.namespaces.iter();
        self.namespaces.is_empty()
            || namespaces.any(|name| object.name.starts_with(&format!("{}.", ident::quote(name))))
    }
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
            ("*a", "ba", true),
            ("*a", "ab", false),
            ("a*a", "a", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXc", false),
            ("*", "", true),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }
}
