//! Privileges: who may do what with which object
//! ([Privileges](https://www.postgresql.org/docs/current/ddl-priv.html)).

use std::{collections::BTreeMap, fmt};

use super::QualifiedName;
use crate::ident;

/// The privileges on a database's objects. Those of an object's owner are not among them, for an owner has all.
///
/// # Examples
///
/// ```
/// use schema_core::schema::{Grant, Privileges, QualifiedName, Securable};
///
/// let users = Securable::Relation(QualifiedName::new("public", "users"));
/// let mut privileges = Privileges::default();
/// assert_eq!(privileges.on(&users), []);
///
/// let read = Grant::new(Some("reporting".to_owned()), "SELECT");
/// privileges.objects.insert(users.clone(), vec![read.clone()]);
/// assert_eq!(privileges.on(&users), [read]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Privileges {
    /// What is granted on each object, sorted, where that is not what the server grants when it makes one
    /// ([`Securable::default_grants`]).
    pub objects: BTreeMap<Securable, Vec<Grant>>,
}

impl Privileges {
    /// What is granted on an object, sorted.
    #[must_use]
    pub fn on(&self, object: &Securable) -> Vec<Grant> {
        let found = self.objects.get(object).cloned();
        found.unwrap_or_else(|| object.default_grants())
    }
}

/// A privilege of a role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The role; `None` for `PUBLIC`, which is all of them.
    pub grantee: Option<String>,
    /// The privilege in capitals, `SELECT`.
    pub privilege: String,
    /// `WITH GRANT OPTION`: whether the role may grant it to others.
    pub grantable: bool,
}

impl Grant {
    /// A privilege that the role may not grant to others.
    #[must_use]
    pub fn new(grantee: Option<String>, privilege: impl Into<String>) -> Self {
        Self {
            grantee,
            privilege: privilege.into(),
            grantable: false,
        }
    }
}

/// What privileges are granted on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Securable {
    /// A namespace.
    Namespace(String),
    /// A table, foreign table, view or materialized view.
    Relation(QualifiedName),
    /// A column of such a one.
    Column(QualifiedName, String),
    /// A sequence.
    Sequence(QualifiedName),
    /// An enum or composite type.
    Type(QualifiedName),
    /// A domain.
    Domain(QualifiedName),
    /// An object known as SQL text, by its [identity](super::Object::identity).
    Object(String),
}

/// As messages name it: `table users`, `column users.nick`.
impl fmt::Display for Securable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Namespace(name) => write!(f, "namespace {name}"),
            Self::Relation(name) => write!(f, "table {name}"),
            Self::Column(table, name) => write!(f, "column {table}.{name}"),
            Self::Sequence(name) => write!(f, "sequence {name}"),
            Self::Type(name) => write!(f, "type {name}"),
            Self::Domain(name) => write!(f, "domain {name}"),
            Self::Object(identity) => f.write_str(identity),
        }
    }
}

impl Securable {
    /// What the server grants to all roles when it makes such an object: the use of types, routines and languages.
    #[must_use]
    pub fn default_grants(&self) -> Vec<Grant> {
        let privilege = match self {
            Self::Type(_) | Self::Domain(_) => "USAGE",
            Self::Namespace(name) if name == ident::PUBLIC => "USAGE",
            Self::Object(identity) => match identity.split(' ').next() {
                Some("FUNCTION" | "PROCEDURE" | "AGGREGATE") => "EXECUTE",
                Some("TYPE" | "LANGUAGE") => "USAGE",
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        vec![Grant::new(None, privilege)]
    }

    /// The namespace it lies in, or is; `None` for what lies in none, and for what is known by its identity.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        match self {
            Self::Namespace(name) => Some(name),
            Self::Relation(name)
            | Self::Column(name, _)
            | Self::Sequence(name)
            | Self::Type(name)
            | Self::Domain(name) => Some(&name.namespace),
            Self::Object(_) => None,
        }
    }
}
