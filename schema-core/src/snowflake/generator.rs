//! [`SnowflakeGenerator`]: unique, strictly increasing ids from any number of threads.
//!
//! The whole state is one atomic word, the bits of the next id without worker and process; each
//! id is one compare-and-swap that makes the word larger. So no two ids are the same, and an id
//! asked for after another one was returned, on whatever thread, is the larger one. What the
//! clock reads can only choose the millisecond an id claims.

use std::{
    hint,
    sync::atomic::{
        AtomicU64,
        Ordering::{AcqRel, Acquire, Relaxed},
    },
};

use super::{
    clock::{Clock, SystemClock},
    value::{
        EPOCH_UNIX_MS, MAX_NODE, MAX_TIMESTAMP_MS, SEQUENCES, Snowflake, TIMESTAMP_SHIFT,
        first_slot, node_bits, place_node,
    },
};
use crate::error::SnowflakeError;

/// The bits of the state below the time: how many ids of the millisecond are taken. The count
/// goes up to 4096, one more than a sequence does, and spills into the place of the process,
/// which the state does not hold.
const COUNT_MASK: u64 = (1 << TIMESTAMP_SHIFT) - 1;

/// The state before the first id: a full millisecond, with more ids than one ever has.
const FRESH: u64 = 1 << (TIMESTAMP_SHIFT - 1);

/// The pace is measured when the count is a multiple of this.
const MEASURE_EVERY: u64 = 16;

/// How many ids may take their time from ticks before the pace is measured again. At the slowest
/// pace that counts as a hurry they are made in an eighth of a millisecond.
const HURRY: u64 = 31 * MEASURE_EVERY;

/// The nanoseconds per id of the pace that just uses up a millisecond.
const FULL_PACE: u64 = 1_000_000 / SEQUENCES;

/// The bits of a mark that hold the count.
const MARK_SHIFT: u32 = 16;

/// How often a thread pauses after it lost the state to another one: some microseconds, in which the
/// other makes a batch of ids without the cache line going back and forth. With fewer pauses an id
/// of two threads costs more than one of one thread; `benches/snowflake.rs` shows it.
const BACK_OFF: u32 = 256;

/// Alone in its cache lines, because every id writes it.
#[derive(Debug)]
#[repr(align(128))]
struct State(AtomicU64);

/// Makes snowflake ids, for any number of threads and without a lock.
///
/// Ids of one generator are unique and strictly increasing, also across threads and when the
/// clock steps back. Generators that run at the same time need different workers or processes.
///
/// - The sequence starts at 0 in each millisecond. When its 4096 ids are taken, the next caller
///   waits for the next millisecond, asleep for most of it.
/// - When the clock steps back, ids go on from the last time. When that millisecond is full too,
///   its successor follows as soon as the clock has moved by a millisecond, whatever it then
///   reads: a step of an hour blocks nobody, and the ids' time runs ahead of the clock by no more
///   than the step until the clock has caught up.
/// - On a clock with a cheaper reading ([`Clock::recent_unix_ms`]), ids take it only while they are
///   asked for faster than 4,096 in a millisecond; the pace is measured again every 496 ids.
/// - What was issued is not kept over a restart: start no second generator with the same worker
///   and process while the clock is behind the ids of the first.
///
/// # Examples
/// ```
/// use schema_core::snowflake::{SnowflakeGenerator, TickingClock};
///
/// let ids = SnowflakeGenerator::new(7, 0)?;
/// assert_eq!(ids.generate()?.worker(), 7);
///
/// // As a static, with the clock for millions of ids a second; checked when compiled.
/// static EVENT_IDS: SnowflakeGenerator<TickingClock> =
///     SnowflakeGenerator::fixed::<7, 1>().with_clock(TickingClock);
/// assert_eq!(EVENT_IDS.generate()?.process(), 1);
/// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
/// ```
#[derive(Debug)]
pub struct SnowflakeGenerator<C = SystemClock> {
    state: State,
    pace: Pace,
    node: u64,
    clock: C,
}

/// How fast ids are asked for; written seldom, so no id waits for its cache line.
#[derive(Debug)]
struct Pace {
    /// A state below this one is in a hurry.
    hurry_end: AtomicU64,
    /// When the pace was measured last, in nanoseconds, and what the count was.
    mark: AtomicU64,
}

impl SnowflakeGenerator {
    /// Makes a generator on the system's clock.
    ///
    /// # Errors
    /// [`SnowflakeError::WorkerOutOfRange`] or
    /// [`ProcessOutOfRange`](SnowflakeError::ProcessOutOfRange) when one is over 31.
    pub fn new(worker: u8, process: u8) -> Result<Self, SnowflakeError> {
        node_bits(worker, process).map(Self::from_node)
    }

    /// Makes a generator with a worker and process known when the program is compiled.
    ///
    /// One over 31 does not compile.
    ///
    /// # Examples
    /// ```
    /// use schema_core::snowflake::SnowflakeGenerator;
    ///
    /// static IDS: SnowflakeGenerator = SnowflakeGenerator::fixed::<3, 1>();
    /// assert_eq!(IDS.generate()?.worker(), 3);
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    /// ```compile_fail
    /// use schema_core::snowflake::SnowflakeGenerator;
    ///
    /// static IDS: SnowflakeGenerator = SnowflakeGenerator::fixed::<32, 0>();
    /// ```
    pub const fn fixed<const WORKER: u8, const PROCESS: u8>() -> Self {
        const {
            assert!(WORKER <= MAX_NODE, "a snowflake worker is from 0 to 31");
            assert!(PROCESS <= MAX_NODE, "a snowflake process is from 0 to 31");
        }
        Self::from_node(place_node(WORKER, PROCESS))
    }

    const fn from_node(node: u64) -> Self {
        Self {
            state: State(AtomicU64::new(FRESH)),
            pace: Pace {
                hurry_end: AtomicU64::new(0),
                mark: AtomicU64::new(0),
            },
            node,
            clock: SystemClock,
        }
    }

    /// The same worker and process on another clock.
    ///
    /// # Examples
    /// ```
    /// use schema_core::snowflake::{SnowflakeGenerator, TickingClock};
    ///
    /// let ids = SnowflakeGenerator::new(3, 1)?.with_clock(TickingClock);
    /// assert!(ids.generate()? < ids.generate()?);
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    pub const fn with_clock<C: Clock>(self, clock: C) -> SnowflakeGenerator<C> {
        SnowflakeGenerator {
            state: self.state,
            pace: self.pace,
            node: self.node,
            clock,
        }
    }
}

impl Default for SnowflakeGenerator {
    /// Worker 0, process 0, the system's clock.
    fn default() -> Self {
        Self::fixed::<0, 0>()
    }
}

impl<C: Clock> SnowflakeGenerator<C> {
    /// Makes the next id.
    ///
    /// # Errors
    /// [`SnowflakeError::TimeBeforeEpoch`] when the clock reads a time before 2024 and no id was
    /// made yet; [`TimePastRange`](SnowflakeError::TimePastRange) when it reads one past 2093.
    ///
    /// # Examples
    /// ```
    /// use schema_core::snowflake::SnowflakeGenerator;
    ///
    /// let ids = SnowflakeGenerator::default();
    /// assert!(ids.generate()? < ids.generate()?);
    /// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
    /// ```
    #[inline]
    pub fn generate(&self) -> Result<Snowflake, SnowflakeError> {
        let state = self.state.0.load(Relaxed);
        let now = if state < self.pace.hurry_end.load(Relaxed) {
            self.clock.recent_unix_ms()
        } else {
            if state.is_multiple_of(MEASURE_EVERY)
                && let Some(nanos) = self.clock.pace_nanos()
            {
                self.measure_pace(state, nanos);
            }
            self.clock.unix_ms()
        };
        match next_slot(state, now.wrapping_sub(EPOCH_UNIX_MS)) {
            Some(slot) if self.take(state, slot) => Ok(Snowflake::from_slot(slot, self.node)),
            slot => self.generate_slowly(slot.is_some()),
        }
    }

    /// Allows a run of ids to take their time from ticks when the last ones came in a hurry.
    ///
    /// At any slower pace the cost of reading the clock for each id does not show, and ticks that
    /// come late would.
    #[cold]
    fn measure_pace(&self, state: u64, nanos: u64) {
        let count = state & COUNT_MASK & !FRESH;
        let mark = (nanos << MARK_SHIFT) | count;
        let last = self.pace.mark.swap(mark, Relaxed);
        let elapsed = (mark >> MARK_SHIFT).wrapping_sub(last >> MARK_SHIFT);
        // Zero ids for two threads that see the same state, or in another millisecond.
        let ids = count.saturating_sub(last & ((1 << MARK_SHIFT) - 1));
        if elapsed < ids * FULL_PACE {
            self.pace.hurry_end.store(state + HURRY, Relaxed);
        }
    }

    /// What [`generate`](Self::generate) leaves over: lost races, full milliseconds, errors.
    #[cold]
    #[inline(never)]
    fn generate_slowly(&self, mut lost: bool) -> Result<Snowflake, SnowflakeError> {
        loop {
            if lost {
                for _ in 0..BACK_OFF {
                    hint::spin_loop();
                }
            }
            // The state comes before the clock: its release by the thread that opened the
            // millisecond makes this reading no older than that thread's.
            let state = self.state.0.load(Acquire);
            let now = self.clock.unix_ms();
            let slot = match next_slot(state, now.wrapping_sub(EPOCH_UNIX_MS)) {
                Some(slot) => slot,
                None => match self.open(state, now)? {
                    Some(slot) => slot,
                    None => continue,
                },
            };
            if self.take(state, slot) {
                return Ok(Snowflake::from_slot(slot, self.node));
            }
            lost = true;
        }
    }

    /// Moves the state from what was seen to one past `slot`, unless another thread was faster.
    #[inline]
    fn take(&self, seen: u64, slot: u64) -> bool {
        self.state
            .0
            .compare_exchange(seen, slot + 1, AcqRel, Relaxed)
            .is_ok()
    }

    /// Finds the first slot of a millisecond after a full one, waiting for it; none when another
    /// thread opened it meanwhile.
    fn open(&self, full: u64, reading: i64) -> Result<Option<u64>, SnowflakeError> {
        let now = reading.wrapping_sub(EPOCH_UNIX_MS);
        if full == FRESH || now > MAX_TIMESTAMP_MS {
            return first_slot(now).map(Some);
        }
        loop {
            self.clock.wait(reading);
            if self.state.0.load(Acquire) != full {
                return Ok(None);
            }
            // Any other reading ends the wait, also a smaller one. Each millisecond of the ids
            // thus takes one of the clock, and they never run away from it.
            let later = self.clock.unix_ms();
            if later != reading {
                let next = timestamp_ms(full) + 1;
                return first_slot(next.max(later.wrapping_sub(EPOCH_UNIX_MS))).map(Some);
            }
        }
    }
}

const fn timestamp_ms(state: u64) -> i64 {
    (state >> TIMESTAMP_SHIFT) as i64
}

/// The bits of the next id at a time in milliseconds since 2024; none when its millisecond is
/// full, the time is out of range, or there was no id yet and the time is no later than 0.
#[inline]
const fn next_slot(state: u64, now: i64) -> Option<u64> {
    if now > timestamp_ms(state) {
        if now > MAX_TIMESTAMP_MS {
            return None;
        }
        return Some((now as u64) << TIMESTAMP_SHIFT);
    }
    if state & COUNT_MASK < SEQUENCES {
        Some(state)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn state(time: u64, count: u64) -> u64 {
        (time << TIMESTAMP_SHIFT) | count
    }

    #[test]
    fn a_later_time_starts_its_sequence_at_zero() {
        assert_eq!(next_slot(state(7, 30), 9), Some(state(9, 0)));
        assert_eq!(next_slot(state(7, SEQUENCES), 8), Some(state(8, 0)));
    }

    #[test]
    fn the_same_or_an_earlier_time_goes_on_counting() {
        assert_eq!(next_slot(state(7, 30), 7), Some(state(7, 30)));
        assert_eq!(next_slot(state(7, 30), -9), Some(state(7, 30)));
        assert_eq!(next_slot(state(7, 4095), 7), Some(state(7, 4095)));
    }

    #[test]
    fn a_full_millisecond_and_a_time_past_the_range_have_no_slot() {
        assert_eq!(next_slot(state(7, 4096), 7), None);
        assert_eq!(next_slot(state(7, 30), MAX_TIMESTAMP_MS + 1), None);
        assert_eq!(next_slot(state(7, 30), i64::MAX), None);
    }

    #[test]
    fn a_fresh_state_takes_any_time_after_the_epoch() {
        assert_eq!(next_slot(FRESH, 1), Some(state(1, 0)));
        assert_eq!(next_slot(FRESH, 0), None);
        assert_eq!(next_slot(FRESH, -1), None);
    }
}
