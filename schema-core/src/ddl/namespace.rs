//! Namespaces and extensions.

use crate::{
    ident::{quote, quote_literal},
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
    let mut text = format!("CREATE EXTENSION IF NOT EXISTS {}", quote(&extension.name));
    if extension.namespace.is_some() || extension.version.is_some() {
        text.push_str(" WITH");
    }
    if let Some(namespace) = &extension.namespace {
        text.push_str(&format!(" SCHEMA {}", quote(namespace)));
    }
    if let Some(version) = &extension.version {
        text.push_str(&format!(" VERSION {}", quote_literal(version)));
    }
    if extension.cascade {
        text.push_str(" CASCADE");
    }
    text
}

/// Renders `COMMENT ON EXTENSION`, where the extension is given one.
#[must_use]
pub fn comment_on_extension(extension: &Extension) -> Option<String> {
    let text = quote_literal(extension.comment.as_ref()?);
    let name = quote(&extension.name);
    Some(format!("COMMENT ON EXTENSION {name} IS {text}"))
}

/// Renders `ALTER EXTENSION … UPDATE TO`.
#[cfg(feature = "alter")]
#[must_use]
pub fn update_extension(name: &str, version: &str) -> String {
    format!(
        "ALTER EXTENSION {} UPDATE TO {}",
        quote(name),
        quote_literal(version)
    )
}
