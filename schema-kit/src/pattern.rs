//! Patterns of names, by which a part of a schema is meant.

use std::{fmt, str::FromStr};

use schema_core::schema::QualifiedName;

/// A pattern of names: `name` in every namespace or `namespace.name`, with `*` for any characters.
///
/// # Examples
///
/// ```
/// use schema_core::schema::QualifiedName;
/// use schema_kit::pattern::Pattern;
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
            return Err("write `name` or `namespace.name`, with `*` for any characters".to_owned());
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

#[cfg(test)]
mod tests {
    use schema_core::schema::QualifiedName;

    use super::{Pattern, is_like};

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, text, expected) in [
            ("a", "a", true),
            ("a", "ab", false),
            ("a*", "a", true),
            ("*a", "ba", true),
            ("*a", "baa", true),
            ("*a", "ab", false),
            ("a*a", "a", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXc", false),
            ("*", "", true),
            ("*ö", "xö", true),
        ] {
            assert_eq!(is_like(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_name_without_a_namespace_is_one_in_any() {
        let matches = |pattern: &str| {
            let pattern: Pattern = pattern.parse().unwrap();
            assert_eq!(pattern.to_string().parse(), Ok(pattern.clone()));
            pattern.matches(&QualifiedName::new("audit", "logs"))
        };
        assert!(matches("logs") && matches("a*.l*") && matches("*.logs"));
        assert!(!matches("log") && !matches("public.logs") && !matches("audit.users"));
        for wrong in ["", ".logs", "audit."] {
            assert!(wrong.parse::<Pattern>().is_err(), "{wrong}");
        }
    }
}
