//! Snowflake ids: 64-bit ids that sort by the time they were made.
//!
//! | bits | width | part | range |
//! |---|---|---|---|
//! | 63 … 22 | 42 | [`timestamp_ms`](Snowflake::timestamp_ms): milliseconds since 2024-01-01T00:00:00Z, Unix 1704067200000 | 0 to 2⁴¹ − 1 |
//! | 21 … 17 | 5 | [`worker`](Snowflake::worker) | 0 to 31 |
//! | 16 … 12 | 5 | [`process`](Snowflake::process) | 0 to 31 |
//! | 11 … 0 | 12 | [`sequence`](Snowflake::sequence) within the millisecond | 0 to 4095 |
//!
//! An id is stored as a BIGINT, which is signed: the top bit of the timestamp stays 0, so ids are
//! positive until 2093-09-06. Past that a generator reports
//! [`TimePastRange`](SnowflakeError::TimePastRange), it never makes a negative id.
//!
//! - [`Snowflake`] is an id and the way back to its parts; [`Id`](crate::Id) also knows its table.
//! - [`generate_id`] makes one with the worker and process the environment names.
//! - [`SnowflakeGenerator`] has a worker, process and [`Clock`] of its own; [`TickingClock`] is
//!   the clock for programs that make ids by the million.
//!
//! ```
//! use schema_core::snowflake::{Snowflake, SnowflakeGenerator};
//!
//! static IDS: SnowflakeGenerator = SnowflakeGenerator::fixed::<3, 1>();
//!
//! let first = IDS.generate()?;
//! let second = IDS.generate()?;
//! assert!(first < second);
//! assert_eq!((first.worker(), first.process()), (3, 1));
//! assert_eq!(first.to_string().parse::<Snowflake>()?, first);
//! # Ok::<(), schema_core::snowflake::SnowflakeError>(())
//! ```

mod clock;
mod generator;
mod global;
#[cfg(feature = "serde")]
mod serial;
mod sql;
mod ticking;
mod value;

pub use self::{
    clock::{Clock, SystemClock},
    generator::SnowflakeGenerator,
    global::{PROCESS_VARIABLE, WORKER_VARIABLE, generate_id, try_generate_id},
    ticking::TickingClock,
    value::{EPOCH_UNIX_MS, Snowflake},
};
pub use crate::error::SnowflakeError;
