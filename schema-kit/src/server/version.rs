//! PostgreSQL's version numbers, read from `postgres --version` and from `PG_VERSION`.

use std::fmt;

/// The oldest major version the kit supports.
pub const OLDEST_SUPPORTED: u32 = 14;

/// A PostgreSQL version: `major.minor`, the numbering in use since version 10.
///
/// ```
/// use schema_kit::server::Version;
///
/// let version = Version::parse("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)");
/// assert_eq!(version, Some(Version { major: 15, minor: 13 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The part that must match between a cluster and its binaries.
    pub major: u32,
    /// The bug-fix release; 0 for a development version such as `19devel`.
    pub minor: u32,
}

impl Version {
    /// Reads the first version number in `text`, which is what `postgres --version` prints.
    ///
    /// ```
    /// use schema_kit::server::Version;
    ///
    /// assert_eq!(Version::parse("19devel"), Some(Version { major: 19, minor: 0 }));
    /// assert_eq!(Version::parse("no number"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = text
            .split_whitespace()
            .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let mut parts = word.split(|c: char| !c.is_ascii_digit());
        let major = parts.next()?.parse().ok()?;
        let minor = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        Some(Self { major, minor })
    }

    /// Says whether the kit works with this version.
    ///
    /// ```
    /// use schema_kit::server::Version;
    ///
    /// assert!(!Version { major: 13, minor: 20 }.is_supported());
    /// ```
    #[must_use]
    pub const fn is_supported(self) -> bool {
        self.major >= OLDEST_SUPPORTED
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_read_from_every_known_spelling() {
        let cases = [
            (
                "postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)",
                Some((15, 13)),
            ),
            ("postgres (PostgreSQL) 17.6 (Homebrew)", Some((17, 6))),
            ("postgres (PostgreSQL) 18beta2", Some((18, 0))),
            ("postgres (PostgreSQL) 9.6.24", Some((9, 6))),
            ("15\n", Some((15, 0))),
            ("postgres: could not find", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(major, minor)| Version { major, minor });
            assert_eq!(Version::parse(text), expected, "{text}");
        }
    }
}
