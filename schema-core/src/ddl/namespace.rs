//! Namespaces and extensions.

use crate::{
    ident::quote,
    schema::{Extension, Namespace},
};

/// Renders [`CREATE SCHEMA`](https://www.postgresql.org/docs/current/sql-createschema.html).
#[must_use]
pub fn create_namespace(namespace: &Namespace) -> String {
    format!("CREATE SCHEMA {}", quote(&namespace.name))
}

/// Renders [`CREATE EXTENSION IF NOT EXISTS`](https://www.postgresql.org/docs/current/sql-createextension.html).
#[must_use]
pub fn create_extension(extension: &Extension) -> String {
    format!("CREATE EXTENSION IF NOT EXISTS {}", quote(&extension.name))
}
