//! [`generate_id`]: the generator of the program, its worker and process from the environment.

use std::{env, ffi::OsString, sync::OnceLock};

use super::{
    generator::SnowflakeGenerator,
    value::{MAX_NODE, Snowflake},
};
use crate::error::SnowflakeError;

/// The environment variable that names the worker of [`generate_id`]; 0 when unset.
pub const WORKER_VARIABLE: &str = "SNOWFLAKE_WORKER";

/// The environment variable that names the process of [`generate_id`]; 0 when unset.
pub const PROCESS_VARIABLE: &str = "SNOWFLAKE_PROCESS";

static PROGRAM: OnceLock<SnowflakeGenerator> = OnceLock::new();

/// Makes an id with the program's generator.
///
/// Its worker and process are read from `SNOWFLAKE_WORKER` and `SNOWFLAKE_PROCESS` at the first
/// call, 0 when unset. A program that wants to report a bad value itself calls
/// [`try_generate_id`] or [`SnowflakeGenerator::from_env`] once when it starts.
///
/// # Panics
/// When either variable is not a number from 0 to 31, or the system's clock reads a time before
/// 2024 or past 2093. The message is that of the [`SnowflakeError`].
///
/// # Examples
/// ```
/// let first = schema_core::generate_id();
/// let second = schema_core::generate_id();
/// assert!(first < second);
/// ```
#[inline]
pub fn generate_id() -> Snowflake {
    match try_generate_id() {
        Ok(id) => id,
        Err(error) => refuse(&error),
    }
}

/// Makes an id with the program's generator, as [`generate_id`] does, but without a panic.
///
/// # Errors
/// [`SnowflakeError::InvalidVariable`] for the environment;
/// [`TimeBeforeEpoch`](SnowflakeError::TimeBeforeEpoch) and
/// [`TimePastRange`](SnowflakeError::TimePastRange) for the clock.
///
/// # Examples
/// ```
/// let id = schema_core::try_generate_id()?;
/// assert!(id.get() > 0);
/// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
/// ```
#[inline]
pub fn try_generate_id() -> Result<Snowflake, SnowflakeError> {
    match PROGRAM.get() {
        Some(generator) => generator.generate(),
        None => first_id(),
    }
}

#[cold]
fn first_id() -> Result<Snowflake, SnowflakeError> {
    let generator = SnowflakeGenerator::from_env()?;
    PROGRAM.get_or_init(|| generator).generate()
}

#[cold]
fn refuse(error: &SnowflakeError) -> ! {
    panic!("no snowflake id: {error}")
}

impl SnowflakeGenerator {
    /// Makes a generator of its own whose worker and process are read from `SNOWFLAKE_WORKER` and
    /// `SNOWFLAKE_PROCESS`, 0 when unset.
    ///
    /// It does not share its state with [`generate_id`]: where both run, they may make the same id.
    ///
    /// # Errors
    /// [`SnowflakeError::InvalidVariable`] when either is not a number from 0 to 31.
    ///
    /// # Examples
    /// ```
    /// let ids = schema_core::SnowflakeGenerator::from_env()?;
    /// assert_eq!(ids.generate()?.worker(), 0);
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    pub fn from_env() -> Result<Self, SnowflakeError> {
        Self::new(
            parse_variable(WORKER_VARIABLE, env::var_os(WORKER_VARIABLE))?,
            parse_variable(PROCESS_VARIABLE, env::var_os(PROCESS_VARIABLE))?,
        )
    }
}

fn parse_variable(name: &'static str, value: Option<OsString>) -> Result<u8, SnowflakeError> {
    let Some(value) = value else { return Ok(0) };
    let text = value.to_string_lossy();
    match text.trim().parse() {
        Ok(number) if number <= MAX_NODE => Ok(number),
        _ => Err(SnowflakeError::InvalidVariable {
            name,
            value: text.into_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unset_variable_is_zero() {
        assert_eq!(parse_variable(WORKER_VARIABLE, None), Ok(0));
    }

    #[test]
    fn a_variable_holds_a_number_up_to_31() {
        for (text, number) in [("0", 0), ("7", 7), ("31", 31), (" 3\n", 3)] {
            assert_eq!(
                parse_variable(WORKER_VARIABLE, Some(text.into())),
                Ok(number)
            );
        }
    }

    #[test]
    fn any_other_value_is_an_error_that_names_the_variable() {
        for text in ["", "32", "256", "-1", "web-1", "1.5"] {
            let error = parse_variable(PROCESS_VARIABLE, Some(text.into())).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "environment variable SNOWFLAKE_PROCESS is {text:?}; set it to a whole \
                     number from 0 to 31, or unset it for 0"
                )
            );
        }
    }
}
