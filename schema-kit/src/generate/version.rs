//! The version of the next migration.

use crate::{chain::Chain, migration::Version};

/// The version of a migration made now: the time in UTC to the second, `20261127093000`, or one more than the newest
/// migration's where that is not earlier (a clock that is behind, or two in one second).
///
/// # Examples
///
/// ```
/// use schema_kit::{chain::Chain, generate};
///
/// # let directory = tempfile::tempdir()?;
/// let version = generate::next_version(&Chain::load(directory.path())?);
/// assert_eq!(version.as_str().len(), "20261127093000".len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn next_version(chain: &Chain) -> Version {
    let now = jiff::Timestamp::now().strftime("%Y%m%d%H%M%S").to_string();
    let newest = chain.links().last().map(|link| link.migration.version());
    let now = Version::parse(&now);
    match (now, newest) {
        (Some(now), Some(newest)) if now <= *newest => newest.successor(),
        (Some(now), _) => now,
        (None, newest) => newest.map_or_else(Version::first, Version::successor),
    }
}
