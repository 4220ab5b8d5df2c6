//! Extensions.

/// An extension ([`CREATE EXTENSION`](https://www.postgresql.org/docs/current/sql-createextension.html)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtensionDef {
    /// The extension's name.
    pub name: &'static str,
    /// `SCHEMA`: where its objects go; `None` is what it says itself, or else `public`.
    pub namespace: Option<&'static str>,
    /// `VERSION`; `None` is the server's default.
    pub version: Option<&'static str>,
    /// `CASCADE`: whether the extensions it needs are made along with it.
    pub cascade: bool,
    /// `COMMENT ON EXTENSION`; `None` leaves the extension's own.
    pub comment: Option<&'static str>,
}

impl ExtensionDef {
    /// An extension with nothing else said of it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            namespace: None,
            version: None,
            cascade: false,
            comment: None,
        }
    }
}
