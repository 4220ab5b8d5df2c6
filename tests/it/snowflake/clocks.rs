//! Clocks that step back, stand at a used-up millisecond, leave the range, or lag.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use schema_core::snowflake::{Clock, EPOCH_UNIX_MS, SnowflakeError, SnowflakeGenerator};

use super::{Manual, assert_increasing, generator, take};

/// The last millisecond since 2024 that an id can hold.
const LAST_MS: i64 = (1 << 41) - 1;

#[test]
fn the_sequence_starts_again_at_zero_in_each_millisecond() {
    let clock = Manual::at(5);
    let ids = generator(&clock);
    for timestamp_ms in [5, 6, 9, 1_000_000] {
        clock.set(timestamp_ms);
        for (sequence, id) in (0..).zip(take(&ids, 100)) {
            assert_eq!((id.timestamp_ms(), id.sequence()), (timestamp_ms, sequence));
        }
    }
}

#[test]
fn a_millisecond_gives_4096_ids_and_then_the_next_is_waited_for() {
    let clock = Manual::at(5);
    let ids = generator(&clock);
    let full = take(&ids, 4096);
    assert_eq!(clock.get(), 5, "no wait while there are ids");
    assert_eq!(
        (full[4095].timestamp_ms(), full[4095].sequence()),
        (5, 4095)
    );

    let next = ids.generate().unwrap();
    assert_eq!(clock.get(), 6, "one wait of one millisecond");
    assert_eq!((next.timestamp_ms(), next.sequence()), (6, 0));
}

#[test]
fn the_first_millisecond_of_2024_has_ids_too() {
    let ids = generator(Manual::at(0));
    let first = ids.generate().unwrap();
    assert_eq!((first.timestamp_ms(), first.sequence()), (0, 0));
}

#[test]
fn ids_go_on_from_the_last_time_when_the_clock_steps_back() {
    let clock = Manual::at(5_000);
    let ids = generator(&clock);
    let before = take(&ids, 10);
    clock.set(1_000);
    let after = take(&ids, 10);
    assert_increasing(&[before, after.clone()].concat());
    assert!(after.iter().all(|id| id.timestamp_ms() == 5_000));

    clock.set(5_001);
    assert_eq!(ids.generate().unwrap().timestamp_ms(), 5_001);
}

#[test]
fn a_step_back_of_an_hour_blocks_nobody_and_ids_keep_the_clocks_pace() {
    let clock = Manual::at(4_000_000);
    let ids = generator(&clock);
    let before = take(&ids, 4096);
    clock.set(400_000);
    let after = take(&ids, 10 * 4096);
    assert_increasing(&[before, after.clone()].concat());
    for (number, id) in (0..).zip(after) {
        assert_eq!(id.timestamp_ms(), 4_000_001 + number / 4096);
    }
    assert_eq!(
        clock.get(),
        400_010,
        "each millisecond of ids took one of the clock"
    );
}

/// Steps back by an hour in the middle of the wait.
struct FallsWhileWaiting(Manual);

impl Clock for FallsWhileWaiting {
    fn unix_ms(&self) -> i64 {
        self.0.unix_ms()
    }

    fn wait(&self, _reading: i64) {
        self.0.set(1_000);
    }
}

#[test]
fn a_clock_that_steps_back_during_the_wait_ends_it() {
    let ids = generator(FallsWhileWaiting(Manual::at(3_601_000)));
    let taken = take(&ids, 4097);
    assert_increasing(&taken);
    assert_eq!(taken[4096].timestamp_ms(), 3_601_001);
}

#[test]
fn a_time_past_2093_is_an_error_and_never_a_negative_id() {
    let clock = Manual::at(LAST_MS);
    let ids = SnowflakeGenerator::new(31, 31).unwrap().with_clock(&clock);
    assert!(take(&ids, 4096).iter().all(|id| id.get() > 0));

    let unix_ms = LAST_MS + 1 + EPOCH_UNIX_MS;
    assert_eq!(
        ids.generate(),
        Err(SnowflakeError::TimePastRange { unix_ms })
    );
    clock.set(i64::MAX - EPOCH_UNIX_MS);
    assert_eq!(
        ids.generate(),
        Err(SnowflakeError::TimePastRange { unix_ms: i64::MAX })
    );
}

#[test]
fn a_time_past_2093_does_not_spoil_the_generator() {
    let clock = Manual::at(LAST_MS + 1);
    let ids = generator(&clock);
    assert!(ids.generate().is_err());
    clock.set(7);
    assert_eq!(ids.generate().unwrap().timestamp_ms(), 7);
}

#[test]
fn a_time_before_2024_is_an_error_until_there_is_an_id_to_go_on_from() {
    let clock = Manual::at(-1);
    let ids = generator(&clock);
    let unix_ms = EPOCH_UNIX_MS - 1;
    assert_eq!(
        ids.generate(),
        Err(SnowflakeError::TimeBeforeEpoch { unix_ms })
    );

    clock.set(3);
    let first = ids.generate().unwrap();
    clock.set(-1);
    let second = ids.generate().unwrap();
    assert!(first < second);
    assert_eq!(second.timestamp_ms(), 3);
}

/// A clock and the ticks of a thread that reads it, in nanoseconds and milliseconds since 2024.
struct TwoSources {
    nanos: AtomicI64,
    tick_ms: AtomicI64,
}

impl TwoSources {
    fn new() -> Self {
        Self {
            nanos: AtomicI64::new(1_000_000),
            tick_ms: AtomicI64::new(1),
        }
    }

    fn timestamp_ms(&self) -> i64 {
        self.nanos.load(Relaxed) / 1_000_000
    }

    fn advance(&self, nanos: i64) {
        self.nanos.fetch_add(nanos, Relaxed);
    }

    fn tick(&self) {
        self.tick_ms.store(self.timestamp_ms(), Relaxed);
    }
}

impl Clock for TwoSources {
    fn unix_ms(&self) -> i64 {
        self.timestamp_ms() + EPOCH_UNIX_MS
    }

    fn recent_unix_ms(&self) -> i64 {
        self.tick_ms.load(Relaxed) + EPOCH_UNIX_MS
    }

    fn pace_nanos(&self) -> Option<u64> {
        Some(self.nanos.load(Relaxed) as u64)
    }

    fn wait(&self, _reading: i64) {
        self.advance(1_000_000);
    }
}

/// Takes an id each so many nanoseconds and returns the largest lag of a timestamp.
fn largest_lag(clock: &TwoSources, nanos: i64, tick: impl Fn()) -> i64 {
    let ids = generator(clock);
    let lags = (0..50_000).map(|_| {
        clock.advance(nanos);
        tick();
        clock.timestamp_ms() - ids.generate().unwrap().timestamp_ms()
    });
    lags.max().unwrap()
}

#[test]
fn ids_carry_the_clocks_own_time_at_any_pace_that_does_not_use_up_a_millisecond() {
    for nanos in [5_000_000, 1_000_000, 62_500, 10_000, 1_000, 250] {
        let clock = TwoSources::new();
        assert_eq!(largest_lag(&clock, nanos, || {}), 0, "one id in {nanos} ns");
    }
}

#[test]
fn ids_in_a_hurry_lag_a_millisecond_at_most_though_no_tick_comes() {
    for nanos in [3, 30, 100, 240] {
        let clock = TwoSources::new();
        assert!(
            largest_lag(&clock, nanos, || {}) <= 1,
            "one id in {nanos} ns"
        );
    }
}

#[test]
fn ids_in_a_hurry_take_their_time_from_the_ticks() {
    let clock = TwoSources::new();
    let ids = generator(&clock);
    for _ in 0..100 {
        clock.advance(10);
        ids.generate().unwrap();
    }
    clock.tick_ms.store(50, Relaxed);
    assert_eq!(ids.generate().unwrap().timestamp_ms(), 50);
}

#[test]
fn a_hurry_that_ends_lags_no_more_than_the_ticks_do() {
    let clock = TwoSources::new();
    let ids = generator(&clock);
    for pause in [1_000, 300_000, 5_000_000, 1_000_000_000] {
        for _ in 0..500 {
            clock.advance(20);
            ids.generate().unwrap();
        }
        clock.advance(pause);
        clock.tick();
        assert_eq!(ids.generate().unwrap().timestamp_ms(), clock.timestamp_ms());
    }
}

#[test]
fn a_tick_that_never_comes_reaches_at_most_495_ids_after_a_hurry() {
    let clock = TwoSources::new();
    let ids = generator(&clock);
    for _ in 0..100 {
        clock.advance(20);
        ids.generate().unwrap();
    }
    clock.advance(1_000_000_000);
    let is_behind = |_: &i32| ids.generate().unwrap().timestamp_ms() < clock.timestamp_ms();
    assert!((0..10_000).take_while(is_behind).count() <= 495);
}
