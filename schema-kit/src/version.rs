//! A migration's version, digits ordered as a number of any length, and where it stands in a directory's name.

use std::{cmp::Ordering, fmt};

/// The digits before the first `_` of a migration's name, such as `0001` or `20260131120000`.
///
/// Versions are ordered and equal by value: `0001` is `1`.
///
/// # Examples
///
/// ```
/// use schema_kit::embed::Version;
///
/// let parse = |text| Version::parse(text).unwrap();
/// assert!(parse("0009") < parse("10"));
/// assert_eq!(parse("0001"), parse("1"));
/// assert_eq!(parse("0001").to_string(), "0001");
/// assert_eq!(Version::parse("one"), None);
/// ```
#[derive(Debug, Clone)]
pub struct Version(String);

impl Version {
    /// Reads a version; `None` where the text is not digits alone.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_version = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_version.then(|| Self(text.to_owned()))
    }

    /// Reads the name of a migration's directory, `<version>_<name>`; `None` where it is not one.
    ///
    /// ```
    /// use schema_kit::embed::Version;
    ///
    /// let (version, name) = Version::parse_id("0002_add_roles").unwrap();
    /// assert_eq!((version.as_str(), name), ("0002", "add_roles"));
    /// assert_eq!(Version::parse_id("add_roles"), None);
    /// ```
    #[must_use]
    pub fn parse_id(id: &str) -> Option<(Self, &str)> {
        let (version, name) = id.split_once('_')?;
        let version = Self::parse(version)?;
        (!name.is_empty()).then_some((version, name))
    }

    /// The version that a directory of migrations may begin with, `0001`.
    #[must_use]
    pub fn first() -> Self {
        Self("0001".to_owned())
    }

    /// The next version, as many digits long.
    ///
    /// # Examples
    ///
    /// ```
    /// use schema_kit::migration::Version;
    ///
    /// let next = |text| Version::parse(text).unwrap().successor().to_string();
    /// assert_eq!([next("0009"), next("999")], ["0010", "1000"]);
    /// ```
    #[must_use]
    pub fn successor(&self) -> Self {
        let mut digits: Vec<u8> = self.0.bytes().collect();
        for digit in digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return Self(digits.iter().copied().map(char::from).collect());
            }
            *digit = b'0';
        }
        let digits = digits.into_iter().map(char::from);
        Self(std::iter::once('1').chain(digits).collect())
    }

    /// The version as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Length before digits: the order of numbers without leading zeros.
    fn key(&self) -> (usize, &str) {
        let digits = self.0.trim_start_matches('0');
        (digits.len(), digits)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
