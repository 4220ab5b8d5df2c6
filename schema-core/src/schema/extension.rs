//! Extensions.

/// An extension.
///
/// # Examples
///
/// ```
/// use schema_core::ddl;
/// use schema_core::schema::Extension;
///
/// let extension = Extension {
///     namespace: Some("gis".into()),
///     cascade: true,
///     ..Extension::new("postgis_raster")
/// };
/// assert_eq!(
///     ddl::create_extension(&extension),
///     "CREATE EXTENSION IF NOT EXISTS postgis_raster WITH SCHEMA gis CASCADE"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Extension {
    /// Its name, unquoted.
    pub name: String,
    /// The namespace its objects are put into, where one is asked for.
    pub namespace: Option<String>,
    /// Its version, where one is asked for.
    pub version: Option<String>,
    /// The version a database has, which is not asked for: it makes no difference to a version that is, and no statement.
    pub installed: Option<String>,
    /// Whether the extensions it needs are made along with it. No catalog keeps this.
    pub cascade: bool,
    /// `COMMENT ON EXTENSION`, where it is not the extension's own.
    pub comment: Option<String>,
}

impl Extension {
    /// An extension with nothing else said of it.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            namespace: None,
            version: None,
            installed: None,
            cascade: false,
            comment: None,
        }
    }
    /// Whether a version is asked for that the extension as it was does not have.
    #[must_use]
    pub fn is_at_another_version(&self, previous: &Self) -> bool {
        let has = previous.installed.as_ref().or(previous.version.as_ref());
        self.version.is_some() && self.version.as_ref() != has
    }
}
