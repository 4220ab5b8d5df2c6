//! [`Clock`], where a generator takes its time from, and the system's clock.

use std::{
    cell::Cell,
    hint,
    sync::Arc,
    thread,
    time::{Duration, SystemTime},
};

/// Where a generator takes its time from.
///
/// A clock may step back; a generator copes. One that stands still forever does not work: when
/// the ids of a millisecond are used up, a generator waits until the clock reads something else.
///
/// # Examples
/// A clock for tests, moved by hand and never slept on:
/// ```
/// use std::sync::atomic::{AtomicI64, Ordering};
///
/// use schema_core::snowflake::{Clock, SnowflakeGenerator, EPOCH_UNIX_MS};
///
/// struct Manual(AtomicI64);
///
/// impl Clock for Manual {
///     fn unix_ms(&self) -> i64 {
///         self.0.load(Ordering::Relaxed)
///     }
///
///     fn wait(&self, _reading: i64) {
///         self.0.fetch_add(1, Ordering::Relaxed);
///     }
/// }
///
/// let clock = Manual(AtomicI64::new(EPOCH_UNIX_MS + 5));
/// let ids = SnowflakeGenerator::new(0, 0)?.with_clock(&clock);
/// assert_eq!(ids.generate()?.timestamp_ms(), 5);
/// # Ok::<(), schema_core::snowflake::SnowflakeError>(())
/// ```
pub trait Clock: Send + Sync {
    /// Reads the time in milliseconds since 1970-01-01T00:00:00Z, negative before it.
    fn unix_ms(&self) -> i64;

    /// Reads a time that may lag [`unix_ms`](Self::unix_ms) by a millisecond and costs less.
    ///
    /// A generator asks for it only while ids are asked for faster than 4,096 in a millisecond, as
    /// [`pace_nanos`](Self::pace_nanos) tells. A lag shows in the ids' timestamps only: they stay
    /// unique and in order whatever a clock reads.
    #[inline]
    fn recent_unix_ms(&self) -> i64 {
        self.unix_ms()
    }

    /// Reads nanoseconds since any fixed point, to measure how fast ids are asked for.
    ///
    /// None, as it is by default, for a clock that has no cheaper reading: a generator then never
    /// asks for [`recent_unix_ms`](Self::recent_unix_ms).
    #[inline]
    fn pace_nanos(&self) -> Option<u64> {
        None
    }

    /// Waits for the clock to read something else than `reading`, for about a millisecond.
    ///
    /// It may return early: the caller looks at the clock and comes back.
    fn wait(&self, reading: i64) {
        let _ = reading;
        thread::sleep(Duration::from_micros(250));
    }
}

impl<C: Clock + ?Sized> Clock for &C {
    #[inline]
    fn unix_ms(&self) -> i64 {
        (**self).unix_ms()
    }

    #[inline]
    fn recent_unix_ms(&self) -> i64 {
        (**self).recent_unix_ms()
    }

    #[inline]
    fn pace_nanos(&self) -> Option<u64> {
        (**self).pace_nanos()
    }

    fn wait(&self, reading: i64) {
        (**self).wait(reading);
    }
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    #[inline]
    fn unix_ms(&self) -> i64 {
        (**self).unix_ms()
    }

    #[inline]
    fn recent_unix_ms(&self) -> i64 {
        (**self).recent_unix_ms()
    }

    #[inline]
    fn pace_nanos(&self) -> Option<u64> {
        (**self).pace_nanos()
    }

    fn wait(&self, reading: i64) {
        (**self).wait(reading);
    }
}

/// The operating system's wall clock, read for every id.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[inline]
    fn unix_ms(&self) -> i64 {
        let now = SystemTime::now();
        let last = LAST.get();
        if last.start <= now && now < last.end {
            last.unix_ms
        } else {
            count_ms(now)
        }
    }

    fn wait(&self, reading: i64) {
        let left = until_next_ms();
        if self.unix_ms() != reading {
            return;
        }
        if left > SPIN {
            thread::sleep(left);
            return;
        }
        while self.unix_ms() == reading {
            hint::spin_loop();
        }
    }
}

/// A millisecond of the system's clock, with its ends as the system gives them.
///
/// Counting the milliseconds of a reading takes half as long as the reading; comparing it with
/// the ends of the millisecond counted last takes next to nothing.
#[derive(Clone, Copy)]
struct Millisecond {
    start: SystemTime,
    end: SystemTime,
    unix_ms: i64,
}

thread_local! {
    static LAST: Cell<Millisecond> = const {
        let start = SystemTime::UNIX_EPOCH;
        Cell::new(Millisecond { start, end: start, unix_ms: 0 })
    };
}

/// Counts the milliseconds from 1970 to a reading, and remembers the one it lies in.
///
/// An i64 holds 292 million years of them, so no cast cuts anything off.
#[cold]
fn count_ms(now: SystemTime) -> i64 {
    let since = match now.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since,
        Err(before) => return -(before.duration().as_millis() as i64),
    };
    let unix_ms = since.as_millis() as i64;
    let start = now - Duration::from_nanos(u64::from(since.subsec_nanos() % NANOS_PER_MS));
    let end = start + Duration::from_millis(1);
    LAST.set(Millisecond {
        start,
        end,
        unix_ms,
    });
    unix_ms
}

const NANOS_PER_MS: u32 = 1_000_000;

/// A sleep overshoots by about this much, so a shorter wait spins.
const SPIN: Duration = Duration::from_micros(60);

/// The system's clock in nanoseconds since 1970, 0 before it.
pub(super) fn nanos() -> u64 {
    // A u64 holds them until the year 2554.
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
        .as_nanos() as u64
}

/// How long the system's clock takes to its next whole millisecond.
pub(super) fn until_next_ms() -> Duration {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Duration::from_nanos(u64::from(
        NANOS_PER_MS - since.subsec_nanos() % NANOS_PER_MS,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_millisecond_is_counted_from_its_first_nanosecond_to_its_last() {
        let at = |nanos| SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos);
        for (nanos, unix_ms) in [(0, 0), (999_999, 0), (1_000_000, 1), (1_999_999_999, 1999)] {
            assert_eq!(count_ms(at(nanos)), unix_ms);
            let last = LAST.get();
            assert!(last.start <= at(nanos) && at(nanos) < last.end);
            assert_eq!(last.start, at(unix_ms.unsigned_abs() * 1_000_000));
            assert_eq!(last.end, at(unix_ms.unsigned_abs() * 1_000_000 + 1_000_000));
        }
    }

    #[test]
    fn a_time_before_1970_is_negative() {
        let second = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(count_ms(second), -1000);
    }

    #[test]
    fn the_remembered_millisecond_does_not_hide_a_later_one() {
        count_ms(SystemTime::UNIX_EPOCH);
        let before = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap();
        assert!(SystemClock.unix_ms() as u128 >= before.as_millis());
    }
}
