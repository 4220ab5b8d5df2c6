//! [`Snowflake`]: the bit layout and the way back from an id to its parts.

use std::{
    fmt,
    str::FromStr,
    time::{Duration, SystemTime},
};

use crate::error::SnowflakeError;

/// Where snowflake time starts: 2024-01-01T00:00:00Z in milliseconds since 1970.
pub const EPOCH_UNIX_MS: i64 = 1_704_067_200_000;

/// The last millisecond since [`EPOCH_UNIX_MS`] that leaves the id's sign bit 0: the 42 bits of
/// the timestamp less one.
pub(super) const MAX_TIMESTAMP_MS: i64 = (1 << 41) - 1;

/// How many ids one generator can make in one millisecond.
pub(super) const SEQUENCES: u64 = 1 << PROCESS_SHIFT;

pub(super) const TIMESTAMP_SHIFT: u32 = 22;
const WORKER_SHIFT: u32 = 17;
const PROCESS_SHIFT: u32 = 12;

/// The largest worker and the largest process: 5 bits each.
pub(super) const MAX_NODE: u8 = 31;

/// A snowflake id: time, worker, process and sequence in one positive BIGINT.
///
/// Ids order by their time first. Text and JSON spell an id in decimal digits, because JavaScript
/// has no 64-bit integers; in PostgreSQL it is a BIGINT. The bit table is in the
/// [module's documentation](crate::snowflake).
///
/// # Examples
/// ```
/// use schema_core::Snowflake;
///
/// let id: Snowflake = "4194304000".parse()?;
/// assert_eq!(id.timestamp_ms(), 1000);
/// assert_eq!(id.unix_ms(), 1_704_067_201_000);
/// assert_eq!((id.worker(), id.process(), id.sequence()), (0, 0, 0));
/// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Snowflake(i64);

impl Snowflake {
    /// Wraps the number of an id, as it stands in a BIGINT column.
    ///
    /// # Errors
    /// [`SnowflakeError::ValueOutOfRange`] when the number is negative.
    ///
    /// # Examples
    /// ```
    /// use schema_core::Snowflake;
    ///
    /// assert_eq!(Snowflake::from_i64(42)?.get(), 42);
    /// assert!(Snowflake::from_i64(-1).is_err());
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    pub const fn from_i64(value: i64) -> Result<Self, SnowflakeError> {
        if value < 0 {
            return Err(SnowflakeError::ValueOutOfRange {
                value: value as i128,
            });
        }
        Ok(Self(value))
    }

    /// Puts an id together from milliseconds since 2024, worker, process and sequence.
    ///
    /// With zeros behind the time it is the smallest id of that millisecond, which turns a time
    /// into the bound of a range of ids.
    ///
    /// # Errors
    /// A part that does not fit its bits: [`SnowflakeError::TimeBeforeEpoch`],
    /// [`TimePastRange`](SnowflakeError::TimePastRange),
    /// [`WorkerOutOfRange`](SnowflakeError::WorkerOutOfRange),
    /// [`ProcessOutOfRange`](SnowflakeError::ProcessOutOfRange) or
    /// [`SequenceOutOfRange`](SnowflakeError::SequenceOutOfRange).
    ///
    /// # Examples
    /// ```
    /// use schema_core::Snowflake;
    ///
    /// let id = Snowflake::from_parts(1000, 3, 1, 7)?;
    /// assert_eq!(id.get(), (1000 << 22) | (3 << 17) | (1 << 12) | 7);
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    pub fn from_parts(
        timestamp_ms: i64,
        worker: u8,
        process: u8,
        sequence: u16,
    ) -> Result<Self, SnowflakeError> {
        let node = node_bits(worker, process)?;
        let time = first_slot(timestamp_ms)?;
        if sequence as u64 >= SEQUENCES {
            return Err(SnowflakeError::SequenceOutOfRange { sequence });
        }
        Ok(Self::from_slot(time | sequence as u64, node))
    }

    /// Joins time and sequence with the bits of a worker and process.
    ///
    /// Both come from the functions below, which leave the sign bit 0.
    #[inline]
    pub(super) const fn from_slot(slot: u64, node: u64) -> Self {
        Self((slot | node) as i64)
    }

    /// The id as the number that is stored.
    #[inline]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// When the id was made, in milliseconds since 2024-01-01T00:00:00Z.
    pub const fn timestamp_ms(self) -> i64 {
        self.0 >> TIMESTAMP_SHIFT
    }

    /// When the id was made, in milliseconds since 1970-01-01T00:00:00Z.
    pub const fn unix_ms(self) -> i64 {
        self.timestamp_ms() + EPOCH_UNIX_MS
    }

    /// The worker that made the id, 0 to 31.
    pub const fn worker(self) -> u8 {
        (self.0 >> WORKER_SHIFT) as u8 & MAX_NODE
    }

    /// The process that made the id, 0 to 31.
    pub const fn process(self) -> u8 {
        (self.0 >> PROCESS_SHIFT) as u8 & MAX_NODE
    }

    /// The id's number within its millisecond, 0 to 4095.
    pub const fn sequence(self) -> u16 {
        (self.0 as u64 & (SEQUENCES - 1)) as u16
    }

    /// When the id was made, to the millisecond.
    ///
    /// # Examples
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let id = schema_core::Snowflake::from_parts(0, 0, 0, 0)?;
    /// assert_eq!(id.timestamp(), UNIX_EPOCH + Duration::from_secs(1_704_067_200));
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    pub fn timestamp(self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.since_1970()
    }

    /// When the id was made, to the millisecond, as jiff's instant.
    ///
    /// # Examples
    /// ```
    /// let id = schema_core::Snowflake::from_parts(86_400_000, 0, 0, 0)?;
    /// assert_eq!(id.to_jiff().to_string(), "2024-01-02T00:00:00Z");
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    #[cfg(feature = "jiff")]
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH + self.since_1970()
    }

    const fn since_1970(self) -> Duration {
        Duration::from_millis(self.unix_ms().unsigned_abs())
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Snowflake {
    type Err = SnowflakeError;

    /// Reads decimal digits, without sign or spaces.
    fn from_str(text: &str) -> Result<Self, SnowflakeError> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(value) if digits => Ok(Self(value)),
            _ => Err(SnowflakeError::NotAnId {
                text: text.to_owned(),
            }),
        }
    }
}

impl TryFrom<i64> for Snowflake {
    type Error = SnowflakeError;

    fn try_from(value: i64) -> Result<Self, SnowflakeError> {
        Self::from_i64(value)
    }
}

impl From<Snowflake> for i64 {
    fn from(id: Snowflake) -> Self {
        id.get()
    }
}

/// The bits of a worker and process, when they fit.
pub(super) fn node_bits(worker: u8, process: u8) -> Result<u64, SnowflakeError> {
    if worker > MAX_NODE {
        return Err(SnowflakeError::WorkerOutOfRange { worker });
    }
    if process > MAX_NODE {
        return Err(SnowflakeError::ProcessOutOfRange { process });
    }
    Ok(place_node(worker, process))
}

/// The bits of a worker and process that are known to fit.
pub(super) const fn place_node(worker: u8, process: u8) -> u64 {
    (worker as u64) << WORKER_SHIFT | (process as u64) << PROCESS_SHIFT
}

/// The bits of a time, with sequence 0.
pub(super) fn first_slot(timestamp_ms: i64) -> Result<u64, SnowflakeError> {
    let unix_ms = timestamp_ms.saturating_add(EPOCH_UNIX_MS);
    if timestamp_ms < 0 {
        return Err(SnowflakeError::TimeBeforeEpoch { unix_ms });
    }
    if timestamp_ms > MAX_TIMESTAMP_MS {
        return Err(SnowflakeError::TimePastRange { unix_ms });
    }
    Ok((timestamp_ms as u64) << TIMESTAMP_SHIFT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bit positions are written out here once more, independent of the constants.
    #[test]
    fn each_part_has_its_bits() {
        let cases = [
            ((1, 0, 0, 0), 0x40_0000),
            ((0, 1, 0, 0), 0x2_0000),
            ((0, 0, 1, 0), 0x1000),
            ((0, 0, 0, 1), 1),
            ((0, 31, 0, 0), 0x3e_0000),
            ((0, 0, 31, 0), 0x1_f000),
            ((0, 0, 0, 4095), 0xfff),
            ((MAX_TIMESTAMP_MS, 31, 31, 4095), i64::MAX),
        ];
        for ((time, worker, process, sequence), bits) in cases {
            let id = Snowflake::from_parts(time, worker, process, sequence).unwrap();
            assert_eq!(id.get(), bits);
            assert_eq!(id.timestamp_ms(), time);
            assert_eq!(id.worker(), worker);
            assert_eq!(id.process(), process);
            assert_eq!(id.sequence(), sequence);
        }
    }

    #[test]
    fn a_part_that_does_not_fit_is_refused() {
        let part = |time, worker, process, sequence| {
            Snowflake::from_parts(time, worker, process, sequence).unwrap_err()
        };
        assert_eq!(
            part(0, 32, 0, 0),
            SnowflakeError::WorkerOutOfRange { worker: 32 }
        );
        assert_eq!(
            part(0, 0, 32, 0),
            SnowflakeError::ProcessOutOfRange { process: 32 }
        );
        assert_eq!(
            part(0, 0, 0, 4096),
            SnowflakeError::SequenceOutOfRange { sequence: 4096 }
        );
        assert_eq!(
            part(-1, 0, 0, 0),
            SnowflakeError::TimeBeforeEpoch {
                unix_ms: 1_704_067_199_999
            }
        );
        assert_eq!(
            part(1 << 41, 0, 0, 0),
            SnowflakeError::TimePastRange {
                unix_ms: 3_903_090_455_552
            }
        );
    }

    #[test]
    fn text_that_is_not_an_id_is_refused() {
        for text in [
            "",
            "-1",
            "+1",
            " 1",
            "1 ",
            "1e3",
            "0x10",
            "٣",
            "9223372036854775808",
        ] {
            assert_eq!(
                text.parse::<Snowflake>(),
                Err(SnowflakeError::NotAnId {
                    text: text.to_owned()
                })
            );
        }
    }

    #[test]
    fn the_last_time_is_the_one_the_message_names() {
        let last = Snowflake::from_i64(i64::MAX).unwrap();
        let message = first_slot(MAX_TIMESTAMP_MS + 1).unwrap_err().to_string();
        assert_eq!(last.unix_ms(), 3_903_090_455_551);
        assert!(message.contains("2093-09-06T15:47:35.551Z"), "{message}");
    }
}
