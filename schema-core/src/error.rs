//! Errors: one [`Error`] over one enum per area.

mod snowflake;

pub use self::snowflake::SnowflakeError;

/// Anything that can go wrong in this crate.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {}
