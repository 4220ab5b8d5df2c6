//! [`Clock`], where a generator takes its time from, and the system's clock.

use std::{
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
    /// A generator asks for it only when many ids are taken within one millisecond, and still
    /// reads `unix_ms` for the first sixteen of each millisecond and every 256th. A lag shows in
    /// the ids' timestamps only: they stay unique and in order whatever a clock reads.
    #[inline]
    fn recent_unix_ms(&self) -> i64 {
        self.unix_ms()
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
        // An i64 holds 292 million years of milliseconds, so neither cast cuts anything off.
        match SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => since.as_millis() as i64,
            Err(before) => -(before.duration().as_millis() as i64),
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

/// A sleep overshoots by about this much, so a shorter wait spins.
const SPIN: Duration = Duration::from_micros(60);

/// How long the system's clock takes to its next whole millisecond.
pub(super) fn until_next_ms() -> Duration {
    let since = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Duration::from_nanos(1_000_000 - u64::from(since.subsec_nanos() % 1_000_000))
}
