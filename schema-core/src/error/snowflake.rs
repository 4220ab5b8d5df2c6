//! What can go wrong with snowflake ids: making one, and reading one back.

use std::{error, fmt};

/// Why a snowflake id could not be made or read.
///
/// # Examples
/// ```
/// use schema_core::snowflake::{SnowflakeError, SnowflakeGenerator};
///
/// let error = SnowflakeGenerator::new(32, 0).unwrap_err();
/// assert!(matches!(error, SnowflakeError::WorkerOutOfRange { worker: 32 }));
/// assert_eq!(error.to_string(), "snowflake worker 32 is out of range; use 0 to 31");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SnowflakeError {
    /// The worker does not fit its 5 bits.
    WorkerOutOfRange {
        /// The worker asked for; at most 31 is possible.
        worker: u8,
    },
    /// The process does not fit its 5 bits.
    ProcessOutOfRange {
        /// The process asked for; at most 31 is possible.
        process: u8,
    },
    /// The sequence does not fit its 12 bits.
    SequenceOutOfRange {
        /// The sequence asked for; at most 4095 is possible.
        sequence: u16,
    },
    /// An environment variable does not hold a worker or process number.
    InvalidVariable {
        /// The variable's name.
        name: &'static str,
        /// What it holds; bytes that are not UTF-8 are replaced.
        value: String,
    },
    /// The time lies before 2024, where snowflakes start to count.
    TimeBeforeEpoch {
        /// The time in milliseconds since 1970.
        unix_ms: i64,
    },
    /// The time lies past 2093, where an id would no longer be a positive BIGINT.
    TimePastRange {
        /// The time in milliseconds since 1970.
        unix_ms: i64,
    },
    /// The text is not the decimal spelling of an id.
    NotAnId {
        /// The text.
        text: String,
    },
    /// The number is negative or exceeds a BIGINT, which no id does.
    ValueOutOfRange {
        /// The number.
        value: i128,
    },
}

impl fmt::Display for SnowflakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkerOutOfRange { worker } => {
                write!(f, "snowflake worker {worker} is out of range; use 0 to 31")
            }
            Self::ProcessOutOfRange { process } => {
                write!(
                    f,
                    "snowflake process {process} is out of range; use 0 to 31"
                )
            }
            Self::SequenceOutOfRange { sequence } => {
                write!(
                    f,
                    "snowflake sequence {sequence} is out of range; use 0 to 4095"
                )
            }
            Self::InvalidVariable { name, value } => write!(
                f,
                "environment variable {name} is {value:?}; set it to a whole number from 0 to 31, \
                 or unset it for 0"
            ),
            Self::TimeBeforeEpoch { unix_ms } => write!(
                f,
                "unix time {unix_ms} ms is before 2024-01-01T00:00:00Z, the first a snowflake can \
                 hold; set the system clock"
            ),
            Self::TimePastRange { unix_ms } => write!(
                f,
                "unix time {unix_ms} ms is past 2093-09-06T15:47:35.551Z, the last a snowflake can \
                 hold; set the system clock"
            ),
            Self::NotAnId { text } => write!(
                f,
                "{text:?} is not a snowflake id; write it as decimal digits, at most {}",
                i64::MAX
            ),
            Self::ValueOutOfRange { value } => {
                write!(
                    f,
                    "{value} is not a snowflake id; ids are from 0 to {}",
                    i64::MAX
                )
            }
        }
    }
}

impl error::Error for SnowflakeError {}
