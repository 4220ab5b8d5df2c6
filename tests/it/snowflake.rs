//! Snowflakes: unique and in order from any number of threads and on any clock, and their forms
//! in text, JSON, SQL and the environment.
#![expect(
    clippy::unwrap_used,
    reason = "a helper that fails is a test that fails"
)]

use std::sync::atomic::{
    AtomicI64,
    Ordering::{AcqRel, Acquire, Release},
};

use schema_core::snowflake::{Clock, EPOCH_UNIX_MS, Snowflake, SnowflakeGenerator};

mod clocks;
mod forms;
mod threads;

/// A clock in milliseconds since 2024 that moves when it is told to, or by one millisecond when a
/// generator waits for it.
struct Manual(AtomicI64);

impl Manual {
    fn at(timestamp_ms: i64) -> Self {
        Self(AtomicI64::new(timestamp_ms))
    }

    fn set(&self, timestamp_ms: i64) {
        self.0.store(timestamp_ms, Release);
    }

    fn get(&self) -> i64 {
        self.0.load(Acquire)
    }
}

impl Clock for Manual {
    fn unix_ms(&self) -> i64 {
        self.get() + EPOCH_UNIX_MS
    }

    fn wait(&self, reading: i64) {
        let reading = reading - EPOCH_UNIX_MS;
        // A failure means that the clock has moved already.
        let _ = self
            .0
            .compare_exchange(reading, reading + 1, AcqRel, Acquire);
    }
}

fn generator<C: Clock>(clock: C) -> SnowflakeGenerator<C> {
    SnowflakeGenerator::default().with_clock(clock)
}

/// Takes ids that must not fail.
fn take<C: Clock>(ids: &SnowflakeGenerator<C>, count: usize) -> Vec<Snowflake> {
    (0..count).map(|_| ids.generate().unwrap()).collect()
}

fn assert_increasing(ids: &[Snowflake]) {
    assert!(ids.is_sorted_by(|left, right| left < right));
}
