//! [`TickingClock`]: one thread reads the time for all, while many ids are made.
//!
//! The thread publishes each millisecond in one atomic word:
//!
//! | word | meaning |
//! |---|---|
//! | 0 | parked: nobody asked for a while, the thread sleeps |
//! | 2 | waking: somebody asked, the thread has not answered yet |
//! | `unix_ms << 1` | ticking, not asked since this tick |
//! | `unix_ms << 1 \| 1` | ticking, asked since this tick |

use std::{
    sync::{
        OnceLock,
        atomic::{
            AtomicU64,
            Ordering::{AcqRel, Acquire, Relaxed, Release},
        },
    },
    thread::{self, Thread},
};

use super::clock::{Clock, SystemClock, nanos, until_next_ms};

/// The system's clock, read by a thread of its own once a millisecond while many ids are made.
///
/// All clocks of this type share that thread. It starts when ids are first asked for faster than
/// 4,096 in a millisecond, and parks when nobody was in such a hurry for sixteen milliseconds, so
/// it costs nothing in an idle program. Until it runs, while it is parked, and where it cannot be
/// started, each id reads the system's clock.
///
/// # How far it lags
/// A program in less of a hurry reads the system's clock for each id, so nothing lags. In a hurry,
/// the thread ticks when the system's clock turns to the next millisecond, and every 496th id
/// reads the clock itself: a timestamp is at most one millisecond behind, also when the operating
/// system wakes the thread late. Only where it does so just as the hurry ends in the middle of a
/// run, up to 495 ids carry the late tick.
///
/// # Examples
/// ```
/// use schema_core::snowflake::{SnowflakeGenerator, TickingClock};
///
/// static IDS: SnowflakeGenerator<TickingClock> =
///     SnowflakeGenerator::fixed::<0, 0>().with_clock(TickingClock);
///
/// let ids = (0..10_000).map(|_| IDS.generate()).collect::<Result<Vec<_>, _>>()?;
/// assert!(ids.is_sorted_by(|left, right| left < right));
/// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct TickingClock;

static TICKER: Ticker = Ticker::new();
static THREAD: OnceLock<Option<Thread>> = OnceLock::new();

impl Clock for TickingClock {
    #[inline]
    fn unix_ms(&self) -> i64 {
        SystemClock.unix_ms()
    }

    #[inline]
    fn recent_unix_ms(&self) -> i64 {
        match TICKER.read() {
            Some(unix_ms) => unix_ms,
            None => ask_ticker(),
        }
    }

    fn pace_nanos(&self) -> Option<u64> {
        Some(nanos())
    }

    fn wait(&self, reading: i64) {
        SystemClock.wait(reading);
    }
}

#[cold]
fn ask_ticker() -> i64 {
    match TICKER.ask() {
        Asked::Ticking(unix_ms) => unix_ms,
        Asked::Waking => SystemClock.unix_ms(),
        Asked::Parked => {
            if let Some(thread) = THREAD.get_or_init(start) {
                thread.unpark();
            }
            SystemClock.unix_ms()
        }
    }
}

/// Starts the thread; none when the system has no room for one, and then nobody asks again.
fn start() -> Option<Thread> {
    let builder = thread::Builder::new().name("snowflake-ticker".to_owned());
    builder
        .spawn(tick_forever)
        .ok()
        .map(|handle| handle.thread().clone())
}

fn tick_forever() {
    let mut unasked = 0;
    loop {
        if TICKER.publish(SystemClock.unix_ms()) {
            unasked = 0;
        } else {
            unasked += 1;
        }
        if unasked <= IDLE_TICKS {
            thread::sleep(until_next_ms());
            continue;
        }
        unasked = 0;
        TICKER.park();
        while TICKER.is_parked() {
            thread::park();
        }
    }
}

/// The thread parks when this many ticks passed and nobody asked for one.
const IDLE_TICKS: u32 = 16;

const PARKED: u64 = 0;
const WAKING: u64 = 2;
const ASKED: u64 = 1;

/// Alone in its cache lines, because every id of every thread reads it.
#[derive(Debug)]
#[repr(align(128))]
struct Ticker(AtomicU64);

/// What somebody who asked for the time found.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Ticking(i64),
    Waking,
    Parked,
}

impl Ticker {
    const fn new() -> Self {
        Self(AtomicU64::new(PARKED))
    }

    /// The tick, when the thread is running and knows that it is needed.
    #[inline]
    fn read(&self) -> Option<i64> {
        let word = self.0.load(Relaxed);
        (word & ASKED == ASKED).then_some((word >> 1) as i64)
    }

    /// The tick, leaving word that somebody needs it. Exactly one caller is told of a park.
    fn ask(&self) -> Asked {
        let word = self.0.load(Acquire);
        match word {
            PARKED => match self.0.compare_exchange(PARKED, WAKING, AcqRel, Relaxed) {
                Ok(_) => Asked::Parked,
                Err(_) => Asked::Waking,
            },
            WAKING => Asked::Waking,
            _ => {
                // When this fails, the thread has just published the next tick, whose first
                // reader comes here too.
                let _ = self.0.compare_exchange(word, word | ASKED, AcqRel, Relaxed);
                Asked::Ticking((word >> 1) as i64)
            }
        }
    }

    /// Publishes a tick and tells whether anybody asked since the last.
    ///
    /// A time that the word cannot say is published as one that nobody can read.
    fn publish(&self, unix_ms: i64) -> bool {
        let word = u64::try_from(unix_ms).map_or(WAKING, |unix_ms| (unix_ms << 1).max(WAKING));
        self.0.swap(word, AcqRel) & ASKED == ASKED
    }

    fn park(&self) {
        self.0.store(PARKED, Release);
    }

    fn is_parked(&self) -> bool {
        self.0.load(Acquire) == PARKED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parked_ticker_is_woken_by_one_caller_only() {
        let ticker = Ticker::new();
        assert_eq!(ticker.read(), None);
        assert_eq!(ticker.ask(), Asked::Parked);
        assert_eq!(ticker.ask(), Asked::Waking);
        assert_eq!(ticker.read(), None);
        assert!(!ticker.is_parked());
    }

    #[test]
    fn a_tick_is_read_without_asking_once_somebody_asked() {
        let ticker = Ticker::new();
        ticker.publish(1_704_067_200_000);
        assert_eq!(ticker.read(), None);
        assert_eq!(ticker.ask(), Asked::Ticking(1_704_067_200_000));
        assert_eq!(ticker.read(), Some(1_704_067_200_000));
    }

    #[test]
    fn each_tick_says_whether_the_last_was_asked_for() {
        let ticker = Ticker::new();
        assert!(!ticker.publish(100));
        assert!(!ticker.publish(101));
        ticker.ask();
        assert!(ticker.publish(102));
        assert!(!ticker.publish(103));
    }

    #[test]
    fn a_parked_ticker_gives_no_stale_time() {
        let ticker = Ticker::new();
        ticker.publish(100);
        ticker.ask();
        ticker.park();
        assert!(ticker.is_parked());
        assert_eq!(ticker.read(), None);
        assert_eq!(ticker.ask(), Asked::Parked);
    }

    #[test]
    fn a_time_before_1970_is_not_readable() {
        let ticker = Ticker::new();
        ticker.publish(-5);
        assert_eq!(ticker.read(), None);
        assert_eq!(ticker.ask(), Asked::Waking);
    }
}
