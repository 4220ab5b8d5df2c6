//! Reads a live database into a [`Schema`]: PostgreSQL 14 to 18, in one read-only transaction that sees one moment, with a
//! fixed number of questions however many tables there are.
//!
//! What the model has no place for is listed by name ([`Introspection::unknown`]). Objects of extensions, the system's
//! namespaces and the kit's own are left alone. Everything comes sorted by name; only columns, labels and keys keep their
//! order. [`on_scratch`] sends a schema through a server and reads it back, which gives every expression the
//! server's own spelling.
//!
//! ```no_run
//! use schema_kit::introspect::{self, Filter};
//!
//! # async fn example(mut client: tokio_postgres::Client) -> Result<(), schema_kit::IntrospectError> {
//! let found = introspect::read(&mut client, &Filter::default()).await?;
//! println!("{} tables, {} objects of other kinds", found.schema.tables.len(), found.unknown.len());
//! # Ok(())
//! # }
//! ```

mod count;
mod decode;
mod error;
mod fetch;
mod queries;
mod scratch;
mod size;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use schema_core::schema::{QualifiedName, Schema, SqlType};
use tokio_postgres::{Client, IsolationLevel, Transaction};

pub(crate) use self::count::count_values;
pub use self::{
    error::IntrospectError,
    scratch::on_scratch,
    size::{TableSize, sizes},
};

/// What of a database is read.
///
/// # Examples
///
/// ```
/// use schema_kit::introspect::Filter;
///
/// let audit = Filter { namespaces: ["audit".to_owned()].into(), ..Filter::default() };
/// assert_ne!(audit, Filter::default());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The namespaces; all where none is named.
    pub namespaces: BTreeSet<String>,
    /// Whether privileges are read: who may do what, but for what owners may. Default privileges are listed by name.
    pub privileges: bool,
}

/// What a database holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Introspection {
    /// All the model has a place for.
    pub schema: Schema,
    /// The types of each view's columns, in their order: what the model leaves to the view's query.
    pub view_types: BTreeMap<QualifiedName, Vec<SqlType>>,
    /// The rest, by kind and name.
    pub unknown: Vec<UnknownObject>,
    /// The server's version, as `server_version_num` writes it: 150018 is 15.18.
    pub server_version: u32,
}

/// An object, or a fact about one, that the model has no place for.
///
/// # Examples
///
/// ```
/// use schema_kit::introspect::UnknownObject;
///
/// let view = UnknownObject { kind: "view".into(), name: "public.active_users".into() };
/// assert_eq!(view.to_string(), "view public.active_users");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnknownObject {
    /// What it is, as the server calls it: `function`.
    pub kind: String,
    /// Its name as SQL, as the server writes it: `public.f(integer)`.
    pub name: String,
}

impl fmt::Display for UnknownObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)
    }
}

/// Reads a database in a transaction of its own, which changes nothing.
///
/// # Errors
///
/// A server before 14, a catalog that may not be read, a lost connection, or a database that is changed at the same time
/// in a way that even a snapshot shows.
pub async fn read(client: &mut Client, filter: &Filter) -> Result<Introspection, IntrospectError> {
    let failed = |source| IntrospectError::Query {
        what: "snapshot",
        source,
    };
    let transaction = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await
        .map_err(failed)?;
    let answers = fetch::fetch(&transaction, filter).await?;
    transaction.rollback().await.map_err(failed)?;
    decode::decode(&answers)
}

/// Reads a database as an open transaction sees it, in a savepoint that is taken back.
///
/// # Errors
///
/// As for [`read`].
pub async fn read_within(
    transaction: &mut Transaction<'_>,
    filter: &Filter,
) -> Result<Introspection, IntrospectError> {
    let failed = |source| IntrospectError::Query {
        what: "snapshot",
        source,
    };
    let savepoint = transaction.transaction().await.map_err(failed)?;
    let answers = fetch::fetch(&savepoint, filter).await?;
    savepoint.rollback().await.map_err(failed)?;
    decode::decode(&answers)
}
