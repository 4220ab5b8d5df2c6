//! Collations of one's own.

use super::{CollationProvider, QualifiedName};

/// A collation that the schema makes; a [`Collation`](super::Collation) is any one by its name.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::{CollationObject, CollationProvider, QualifiedName};
///
/// let name = QualifiedName::new("public", "natural_de");
/// let mut natural = CollationObject::new(name, CollationProvider::Icu, "de-u-kn-true");
/// natural.deterministic = false;
/// assert_eq!(
///     ddl::create_collation(&natural),
///     "CREATE COLLATION natural_de (PROVIDER = icu, LOCALE = 'de-u-kn-true', DETERMINISTIC = false)"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CollationObject {
    /// Its name.
    pub name: QualifiedName,
    /// The library that knows its locale.
    pub provider: CollationProvider,
    /// The locale texts are ordered by.
    pub collate: String,
    /// The locale that says what a letter is; other than by the C library's, always the same one.
    pub ctype: String,
    /// Whether texts are equal only where their bytes are.
    pub deterministic: bool,
    /// `COMMENT ON COLLATION`.
    pub comment: Option<String>,
}

impl CollationObject {
    /// A deterministic collation of a locale.
    #[must_use]
    pub fn new(
        name: QualifiedName,
        provider: CollationProvider,
        locale: impl Into<String>,
    ) -> Self {
        let locale = locale.into();
        Self {
            name,
            provider,
            collate: locale.clone(),
            ctype: locale,
            deterministic: true,
            comment: None,
        }
    }
}
