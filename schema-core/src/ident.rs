//! Identifier rules: length, quoting, and the names PostgreSQL gives what the user leaves unnamed.

mod default_name;
mod expression;
pub(crate) mod keyword;
pub(crate) mod token;
pub(crate) mod type_name;

use std::{borrow::Cow, fmt};

pub use default_name::{choose_name, index_column_names, make_object_name, name_addition};
pub use expression::{columns_in, expression_name, rename_columns};

/// The longest identifier in bytes: `NAMEDATALEN` less the terminating zero
/// ([Identifiers](https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS)).
pub const MAX_BYTES: usize = 63;

/// The namespace that is searched by default, and so left out where a name is written.
pub const PUBLIC: &str = "public";

/// The name of a table, with the PostgreSQL schema it lies in.
///
/// # Examples
///
/// ```
/// use schema_core::{Id, Table, ident::TableName};
///
/// #[derive(Table)]
/// #[table(name = "lines", namespace = "audit")]
/// struct Line {
///     #[column(primary_key)]
///     id: Id<Line>,
/// }
///
/// assert_eq!(Line::NAME, TableName::new("audit", "lines"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName {
    /// The PostgreSQL schema, `public` unless `namespace = "…"` says otherwise.
    pub namespace: &'static str,
    /// The table's or type's name, unquoted.
    pub name: &'static str,
    /// Of both. The compiler compares the names of all tables, and a step of a constant costs it as much as a function's.
    hash: u64,
}

impl TableName {
    /// A name from its parts.
    #[must_use]
    pub const fn new(namespace: &'static str, name: &'static str) -> Self {
        Self::hashed(namespace, name, hash(namespace, name))
    }

    /// As [`new`](Self::new), where the hash is known already.
    #[doc(hidden)]
    #[must_use]
    pub const fn hashed(namespace: &'static str, name: &'static str, hash: u64) -> Self {
        Self {
            namespace,
            name,
            hash,
        }
    }

    /// Whether two names are one, by their hashes alone.
    pub(crate) const fn is_same(&self, other: &Self) -> bool {
        self.hash == other.hash
    }

    /// A number to find the name by.
    pub(crate) const fn hash(&self) -> u64 {
        self.hash
    }
}

impl fmt::Debug for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TableName")
            .field("namespace", &self.namespace)
            .field("name", &self.name)
            .finish()
    }
}

/// FNV-1a of the namespace, a zero and the name; the macros count the same.
const fn hash(namespace: &str, name: &str) -> u64 {
    const fn push(mut hash: u64, mut bytes: &[u8]) -> u64 {
        while let &[byte, ref rest @ ..] = bytes {
            hash = (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3);
            bytes = rest;
        }
        hash
    }
    let namespace = push(0xcbf2_9ce4_8422_2325, namespace.as_bytes());
    push(push(namespace, &[0]), name.as_bytes())
}

/// Quotes an identifier where PostgreSQL 18 would (`quote_ident`): unless it is lower-case ASCII letters, digits and
/// underscores, does not begin with a digit, and is no keyword beyond the unreserved ones.
///
/// # Examples
///
/// ```
/// use schema_core::ident::quote;
///
/// assert_eq!(quote("users"), "users");
/// assert_eq!(quote("order"), r#""order""#);
/// assert_eq!(quote("createdAt"), r#""createdAt""#);
/// assert_eq!(quote(r#"6" nails"#), r#""6"" nails""#);
/// ```
#[must_use]
pub fn quote(name: &str) -> Cow<'_, str> {
    if is_plain(name) && keyword::category(name).is_none() {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

/// Whether an identifier, as the name of a table or column, must be quoted in every statement. [`quote`] also quotes
/// words such as `position` or `time`, which stand there without quotes as well.
///
/// # Examples
///
/// ```
/// use schema_core::ident::needs_quotes;
///
/// assert!(needs_quotes("createdAt") && needs_quotes("order"));
/// assert!(!needs_quotes("created_at") && !needs_quotes("position"));
/// ```
#[must_use]
pub fn needs_quotes(name: &str) -> bool {
    use keyword::Category::{Reserved, TypeOrFunctionName};

    !is_plain(name) || matches!(keyword::category(name), Some(Reserved | TypeOrFunctionName))
}

fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Quotes the name of a table, type or other object, with its namespace before it unless that is `public`.
///
/// A name in `public` that begins with `pg_` keeps its namespace: the system catalogs are searched before `public`.
///
/// # Examples
///
/// ```
/// use schema_core::ident::quote_qualified;
///
/// assert_eq!(quote_qualified("public", "users"), "users");
/// assert_eq!(quote_qualified("audit", "Log"), r#"audit."Log""#);
/// assert_eq!(quote_qualified("public", "pg_class"), "public.pg_class");
/// ```
#[must_use]
pub fn quote_qualified(namespace: &str, name: &str) -> String {
    if namespace == PUBLIC && !name.starts_with("pg_") {
        quote(name).into_owned()
    } else {
        format!("{}.{}", quote(namespace), quote(name))
    }
}

/// Quotes a string as a literal for a server with `standard_conforming_strings` on, the default since PostgreSQL 9.1:
/// a backslash is a character like any other.
///
/// # Examples
///
/// ```
/// use schema_core::ident::quote_literal;
///
/// assert_eq!(quote_literal("it's"), "'it''s'");
/// assert_eq!(quote_literal(r"C:\temp"), r"'C:\temp'");
/// ```
#[must_use]
pub fn quote_literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Cuts an identifier to [`MAX_BYTES`] as the server does: at the last character that fits whole.
///
/// # Examples
///
/// ```
/// use schema_core::ident::truncate;
///
/// assert_eq!(truncate("users"), "users");
/// assert_eq!(truncate(&"ä".repeat(40)), "ä".repeat(31));
/// ```
#[must_use]
pub fn truncate(name: &str) -> &str {
    clip(name, MAX_BYTES)
}

/// The longest prefix of whole characters within `bytes` bytes.
fn clip(name: &str, bytes: usize) -> &str {
    &name[..name.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_name_and_one_with_a_leading_digit_are_quoted() {
        assert_eq!(quote(""), "\"\"");
        assert_eq!(quote("1st"), "\"1st\"");
        assert_eq!(quote("a$b"), "\"a$b\"");
    }

    #[test]
    fn unreserved_keywords_need_no_quotes() {
        assert_eq!(quote("name"), "name");
        assert_eq!(quote("value"), "value");
        assert_eq!(quote("position"), "\"position\"");
    }

    #[test]
    fn a_name_is_never_cut_inside_a_character() {
        let name = format!("a{}", "ä".repeat(40));
        assert_eq!(truncate(&name).len(), 63);
        assert_eq!(truncate(&"€".repeat(40)).len(), 63);
        assert_eq!(truncate(&"😀".repeat(40)).len(), 60);
    }
}
