//! Which object a statement is about, and what can be done to any of them alike: a comment, another name, the end.

use std::fmt;

use super::type_object::render as render_type;
use crate::{
    ident::{quote, quote_literal},
    schema::{Object, QualifiedName},
};

/// An object as the statements about it name it. Displays as `table users`, `column users.email`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Address {
    /// A namespace.
    Namespace(String),
    /// An extension.
    Extension(String),
    /// An enum or composite type.
    Type(QualifiedName),
    /// A domain.
    Domain(QualifiedName),
    /// A constraint of a domain: the domain and the constraint's name.
    DomainConstraint(QualifiedName, String),
    /// A table.
    Table(QualifiedName),
    /// A column: the table and the column's name.
    Column(QualifiedName, String),
    /// A constraint: the table and the constraint's name.
    Constraint(QualifiedName, String),
    /// An index.
    Index(QualifiedName),
    /// A view.
    View(QualifiedName),
    /// A materialized view.
    MaterializedView(QualifiedName),
    /// A policy: the table and the policy's name.
    Policy(QualifiedName, String),
    /// A sequence.
    Sequence(QualifiedName),
    /// A collation.
    Collation(QualifiedName),
    /// An object known as SQL text, by its [identity](crate::schema::Object::identity).
    Object {
        /// What it is: `FUNCTION`.
        kind: String,
        /// What tells it from others of its kind, as SQL.
        name: String,
    },
}

impl From<&Object> for Address {
    fn from(object: &Object) -> Self {
        let identity = object.identity();
        let name = identity.strip_prefix(&object.kind).unwrap_or(&identity);
        Self::Object {
            kind: object.kind.clone(),
            name: name.trim_start().to_owned(),
        }
    }
}

impl Address {
    /// The kind of object, as SQL calls it.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_core::ddl::Address;
    ///
    /// assert_eq!(Address::Namespace("audit".to_owned()).kind(), "SCHEMA");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Namespace(_) => "SCHEMA",
            Self::Extension(_) => "EXTENSION",
            Self::Type(_) => "TYPE",
            Self::Domain(_) => "DOMAIN",
            Self::Table(_) => "TABLE",
            Self::Column(..) => "COLUMN",
            Self::DomainConstraint(..) | Self::Constraint(..) => "CONSTRAINT",
            Self::Index(_) => "INDEX",
            Self::View(_) => "VIEW",
            Self::MaterializedView(_) => "MATERIALIZED VIEW",
            Self::Policy(..) => "POLICY",
            Self::Sequence(_) => "SEQUENCE",
            Self::Collation(_) => "COLLATION",
            Self::Object { kind, .. } => kind,
        }
    }

    /// What contains the object and is the subject of statements that change it, where that is not the object itself.
    fn owner(&self) -> Option<String> {
        match self {
            Self::Column(table, _) | Self::Constraint(table, _) | Self::Policy(table, _) => {
                Some(table.render())
            }
            Self::DomainConstraint(domain, _) => Some(render_type(domain)),
            _ => None,
        }
    }

    /// The object's name within its owner, quoted.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Namespace(name)
            | Self::Extension(name)
            | Self::Column(_, name)
            | Self::DomainConstraint(_, name)
            | Self::Constraint(_, name)
            | Self::Policy(_, name) => quote(name).into_owned(),
            Self::Type(name) | Self::Domain(name) => render_type(name),
            Self::Table(name)
            | Self::Index(name)
            | Self::View(name)
            | Self::Sequence(name)
            | Self::Collation(name)
            | Self::MaterializedView(name) => name.render(),
            Self::Object { name, .. } => name.clone(),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Namespace(_) => "namespace",
            Self::Extension(_) => "extension",
            Self::Type(_) => "type",
            Self::Domain(_) => "domain",
            Self::Table(_) => "table",
            Self::Column(..) => "column",
            Self::DomainConstraint(..) | Self::Constraint(..) => "constraint",
            Self::Index(_) => "index",
            Self::View(_) => "view",
            Self::MaterializedView(_) => "materialized view",
            Self::Policy(..) => "policy",
            Self::Sequence(_) => "sequence",
            Self::Collation(_) => "collation",
            Self::Object { kind, .. } => &kind.to_lowercase(),
        };
        match self {
            Self::Namespace(name) | Self::Extension(name) | Self::Object { name, .. } => {
                write!(f, "{kind} {name}")
            }
            Self::Type(name)
            | Self::Domain(name)
            | Self::Table(name)
            | Self::Index(name)
            | Self::View(name)
            | Self::Sequence(name)
            | Self::Collation(name)
            | Self::MaterializedView(name) => write!(f, "{kind} {name}"),
            Self::Column(owner, name)
            | Self::DomainConstraint(owner, name)
            | Self::Constraint(owner, name)
            | Self::Policy(owner, name) => write!(f, "{kind} {owner}.{name}"),
        }
    }
}

/// Renders the statement that drops an object. Nothing that depends on it goes with it: the server refuses instead.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::{Address, drop}, schema::QualifiedName};
///
/// let users = QualifiedName::new("public", "users");
/// assert_eq!(drop(&Address::Table(users.clone())), "DROP TABLE users");
/// assert_eq!(drop(&Address::Column(users, "age".to_owned())), "ALTER TABLE users DROP COLUMN age");
/// ```
#[must_use]
pub fn drop(address: &Address) -> String {
    let (kind, name) = (address.kind(), address.name());
    match (address, address.owner()) {
        (Address::Policy(..), Some(table)) => format!("DROP POLICY {name} ON {table}"),
        (Address::DomainConstraint(..), Some(domain)) => {
            format!("ALTER DOMAIN {domain} DROP CONSTRAINT {name}")
        }
        (_, Some(table)) => format!("ALTER TABLE {table} DROP {kind} {name}"),
        (_, None) => format!("DROP {kind} {name}"),
    }
}

/// Renders the statement that gives an object another name within its namespace or owner.
///
/// # Examples
///
/// ```
/// use schema_core::{ddl::{Address, rename}, schema::QualifiedName};
///
/// let column = Address::Column(QualifiedName::new("public", "users"), "nick".to_owned());
/// assert_eq!(rename(&column, "display_name"), "ALTER TABLE users RENAME COLUMN nick TO display_name");
/// ```
#[must_use]
pub fn rename(address: &Address, next: &str) -> String {
    let (kind, name, next) = (address.kind(), address.name(), quote(next));
    match (address, address.owner()) {
        (Address::Policy(..), Some(table)) => {
            format!("ALTER POLICY {name} ON {table} RENAME TO {next}")
        }
        (Address::DomainConstraint(..), Some(domain)) => {
            format!("ALTER DOMAIN {domain} RENAME CONSTRAINT {name} TO {next}")
        }
        (_, Some(table)) => format!("ALTER TABLE {table} RENAME {kind} {name} TO {next}"),
        (_, None) => format!("ALTER {kind} {name} RENAME TO {next}"),
    }
}

/// Renders the statement that moves an object that lies in a namespace into another one.
#[must_use]
pub fn set_namespace(address: &Address, namespace: &str) -> String {
    format!(
        "ALTER {} {} SET SCHEMA {}",
        address.kind(),
        address.name(),
        quote(namespace)
    )
}

/// Renders `COMMENT ON`; without a text, one that removes the comment.
///
/// # Examples
///
/// ```
/// use schema_core::ddl::{Address, comment_on};
///
/// let audit = Address::Namespace("audit".to_owned());
/// assert_eq!(comment_on(&audit, Some("Who did what.")), "COMMENT ON SCHEMA audit IS 'Who did what.'");
/// assert_eq!(comment_on(&audit, None), "COMMENT ON SCHEMA audit IS NULL");
/// ```
#[must_use]
pub fn comment_on(address: &Address, text: Option<&str>) -> String {
    let text = text.map_or("NULL".to_owned(), quote_literal);
    let (kind, name) = (address.kind(), address.name());
    let name = match (address, address.owner()) {
        (Address::Column(..), Some(table)) => format!("{table}.{name}"),
        (Address::DomainConstraint(..), Some(domain)) => format!("{name} ON DOMAIN {domain}"),
        (_, Some(table)) => format!("{name} ON {table}"),
        (_, None) => name,
    };
    format!("COMMENT ON {kind} {name} IS {text}")
}
