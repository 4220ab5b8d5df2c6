//! Collations of one's own.

use super::TableName;

/// A collation ([`CREATE COLLATION`](https://www.postgresql.org/docs/current/sql-createcollation.html)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CollationDef {
    /// The collation's name.
    pub name: TableName,
    /// `PROVIDER`.
    pub provider: CollationProvider,
    /// `LC_COLLATE`, or `LOCALE` for both.
    pub collate: &'static str,
    /// `LC_CTYPE`, or `LOCALE` for both.
    pub ctype: &'static str,
    /// `DETERMINISTIC`: whether texts are equal only where their bytes are.
    pub deterministic: bool,
    /// `COMMENT ON COLLATION`.
    pub comment: Option<&'static str>,
}

impl CollationDef {
    /// A deterministic collation of a locale.
    #[must_use]
    pub const fn new(name: TableName, provider: CollationProvider, locale: &'static str) -> Self {
        Self {
            name,
            provider,
            collate: locale,
            ctype: locale,
            deterministic: true,
            comment: None,
        }
    }
}

/// Which library knows a collation's locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CollationProvider {
    /// PostgreSQL itself (17 and later).
    Builtin,
    /// [ICU](https://icu.unicode.org).
    Icu,
    /// The operating system's C library.
    Libc,
}
