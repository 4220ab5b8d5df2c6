//! Types of the user's own: enum types, domains and composite types.

use super::{Collation, Expression, QualifiedName, SqlType};

/// An enum type ([`CREATE TYPE … AS ENUM`](https://www.postgresql.org/docs/current/sql-createtype.html)).
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{EnumType, QualifiedName};
///
/// let mood = EnumType {
///     name: QualifiedName::new("public", "mood"),
///     labels: vec!["happy".into(), "it's fine".into()],
///     comment: None,
/// };
/// assert_eq!(ddl::create_enum(&mood), "CREATE TYPE mood AS ENUM ('happy', 'it''s fine')");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EnumType {
    /// Its name.
    pub name: QualifiedName,
    /// Its labels, in the order they sort in.
    pub labels: Vec<String>,
    /// `COMMENT ON TYPE`.
    pub comment: Option<String>,
}

/// A domain ([`CREATE DOMAIN`](https://www.postgresql.org/docs/current/sql-createdomain.html)).
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{Domain, DomainCheck, Expression, QualifiedName};
///
/// let mut email = Domain::new(QualifiedName::new("public", "email"), "varchar(320)".parse()?);
/// email.checks.push(DomainCheck {
///     name: "email_check".into(),
///     expression: Expression::new("VALUE ~ '@'"),
///     not_valid: false,
///     comment: None,
/// });
/// assert_eq!(
///     ddl::create_domain(&email),
///     "CREATE DOMAIN email AS varchar(320)\n    CONSTRAINT email_check CHECK (VALUE ~ '@')"
/// );
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Domain {
    /// Its name.
    pub name: QualifiedName,
    /// The type below it.
    pub sql_type: SqlType,
    /// `COLLATE`, where it is not the type's own.
    pub collation: Option<Collation>,
    /// `NOT NULL`.
    pub not_null: bool,
    /// `DEFAULT`.
    pub default: Option<Expression>,
    /// Its checks.
    pub checks: Vec<DomainCheck>,
    /// `COMMENT ON DOMAIN`.
    pub comment: Option<String>,
}

impl Domain {
    /// A domain with nothing else said of it.
    #[must_use]
    pub fn new(name: QualifiedName, sql_type: SqlType) -> Self {
        Self {
            name,
            sql_type,
            collation: None,
            not_null: false,
            default: None,
            checks: Vec::new(),
            comment: None,
        }
    }
}

/// A check of a domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DomainCheck {
    /// The constraint's name, unquoted.
    pub name: String,
    /// The condition, in which `VALUE` stands for the value.
    pub expression: Expression,
    /// `NOT VALID`.
    pub not_valid: bool,
    /// `COMMENT ON CONSTRAINT … ON DOMAIN`.
    pub comment: Option<String>,
}

/// A composite type ([`CREATE TYPE … AS`](https://www.postgresql.org/docs/current/sql-createtype.html)).
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{Attribute, CompositeType, QualifiedName};
///
/// let address = CompositeType {
///     name: QualifiedName::new("public", "address"),
///     attributes: vec![Attribute::new("street", "text".parse()?)],
///     comment: None,
/// };
/// assert_eq!(ddl::create_composite(&address), "CREATE TYPE address AS (\n    street text\n)");
/// # Ok::<(), schema_core::error::SchemaError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CompositeType {
    /// Its name.
    pub name: QualifiedName,
    /// Its attributes, in order.
    pub attributes: Vec<Attribute>,
    /// `COMMENT ON TYPE`.
    pub comment: Option<String>,
}

/// An attribute of a composite type. PostgreSQL lets every one be NULL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribute {
    /// Its name, unquoted.
    pub name: String,
    /// Its type.
    pub sql_type: SqlType,
    /// `COLLATE`, where it is not the type's own.
    pub collation: Option<Collation>,
    /// `COMMENT ON COLUMN`.
    pub comment: Option<String>,
}

impl Attribute {
    /// An attribute with nothing else said of it.
    #[must_use]
    pub fn new(name: impl Into<String>, sql_type: SqlType) -> Self {
        Self {
            name: name.into(),
            sql_type,
            collation: None,
            comment: None,
        }
    }
}
